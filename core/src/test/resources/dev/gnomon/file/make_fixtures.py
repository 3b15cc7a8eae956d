"""Makes the HDF5 files of this folder. Made with h5py 3.14.0 on HDF5 1.14.6; run it in this folder."""
import h5py
import numpy as np


def rich(f):
    f["scalar"] = np.int64(7)
    f["half"] = np.arange(5, dtype="f2")
    f["big_endian"] = np.arange(6, dtype=">f4").reshape(2, 3)
    f["truth"] = np.array([True, False])
    f["empty"] = np.zeros((0, 3), "f4")
    f["texts"] = ["a", "", "\u00e4\u00f6"]
    f["fixed"] = np.array([b"ab", b"c"])
    f["brain"] = np.array([b"\x80\x3f", b"\x00\x40"], dtype="V2")
    f["brain"].attrs["dtype"] = "bfloat16"
    table = np.arange(77, dtype="f4").reshape(7, 11)
    f.create_dataset("chunks", data=table, chunks=(3, 4))
    f.create_dataset("packed", data=table, chunks=(3, 4), compression="gzip", shuffle=True, fletcher32=True)
    f.create_dataset("single", data=table, chunks=table.shape, compression="gzip")
    pages = f.create_dataset("pages", shape=(3000,), chunks=(1,), dtype="u1", fillvalue=3)
    pages[1500:1510] = 1
    f.create_dataset("filled", shape=(4,), dtype="i4", fillvalue=9)
    for i in range(20):
        f.attrs[f"a{i}"] = f"v{i}"
    for i in range(40):
        f.create_group(f"layers/g{i}").attrs["name"] = f"layer {i}"


def virtual(f):
    layout = h5py.VirtualLayout((4,), "f4")
    layout[:] = h5py.VirtualSource("other.h5", "d", shape=(4,))
    f.create_virtual_dataset("d", layout)


def loop(f):
    f.create_group("a")["b"] = f


def soft(f):
    f["d"] = h5py.SoftLink("/x")


def outside(f):
    f["d"] = h5py.ExternalLink("other.h5", "/x")


def outside_data(f):
    f.create_dataset("d", (10,), "f4", external=[("raw.bin", 0, 40)])


def huge(f):
    f.create_dataset("d", (1 << 28,), "f4", chunks=(1 << 20,), compression="gzip")


for version in ("earliest", "latest"):
    for make in (rich, virtual, loop, soft, outside, outside_data, huge):
        with h5py.File(f"{make.__name__}-{version}.h5", "w", libver=version) as file:
            make(file)

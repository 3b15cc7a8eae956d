"""Writes the .npy and .npz files that NpyTest reads. Made with Python 3.11.7 and numpy 2.4.6 (versions.txt).

Run it in this folder: python make_fixtures.py
"""

import sys

import numpy as np

TYPES = ["u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f2", "f4", "f8", "?"]


def values(code):
    dtype = np.dtype(code)
    if dtype.kind == "b":
        return np.array([[True, False, True], [False, False, True]])
    if dtype.kind == "f":
        return np.array([[0.5, -1.25, 0.0], [-0.0, 1000.0, np.inf]], dtype)
    info = np.iinfo(dtype)
    return np.array([[0, 1, info.max], [info.min, 2, 100]], dtype)


for code in TYPES:
    name = np.dtype(code).name
    array = values(code)
    np.save(f"{name}.npy", array)
    if array.itemsize > 1:
        np.save(f"{name}_big.npy", array.astype(array.dtype.newbyteorder(">")))
np.save("scalar.npy", np.float32(2.5))
np.save("vector.npy", np.arange(5, dtype=np.int64))
np.save("empty.npy", np.zeros((0, 28, 28), np.float32))
np.save("fortran.npy", np.asfortranarray(np.arange(6, dtype=np.float32).reshape(2, 3)))
np.save("fortran_vector.npy", np.asfortranarray(np.ones((3, 1), np.float32)))
np.save("complex.npy", np.zeros(2, np.complex64))
np.save("text.npy", np.array(["a", "b"]))
np.save("objects.npy", np.array([{}, 1], dtype=object))
np.save("fields.npy", np.zeros(2, [("a", "f4"), ("b", "i4")]))
np.lib.format.write_array(open("version2.npy", "wb"), np.arange(3, dtype=np.int32), version=(2, 0))
np.lib.format.write_array(open("version3.npy", "wb"), np.arange(3, dtype=np.int32), version=(3, 0))
pair = dict(x=np.arange(12, dtype=np.float32).reshape(3, 2, 2), y=np.array([0, 2, 1]))
np.savez("stored.npz", **pair)
np.savez_compressed("deflated.npz", **pair)
open("versions.txt", "w").write(f"python {sys.version.split()[0]}, numpy {np.__version__}\n")

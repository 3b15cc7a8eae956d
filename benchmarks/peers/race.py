"""Runs Gnomon and its peers by turns and prints a table; `run` installs what this needs."""

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
WORKLOADS = ["mlp", "mnist_cnn", "geron_cnn", "clock_cnn"]
OURS = "Gnomon"

parser = argparse.ArgumentParser()
parser.add_argument("folder", type=Path)
parser.add_argument("workloads", nargs="*")
parser.add_argument("--rounds", type=int, default=3)
parser.add_argument("--seconds", type=float, default=5)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--only", default="", help="only contenders whose name contains this text, and ours")
options = parser.parse_intermixed_args()
workloads = options.workloads or WORKLOADS
for name in workloads:
    if name not in WORKLOADS:
        parser.error(f"there is no workload {name}; known: {', '.join(WORKLOADS)}")

python = str(options.folder / "venv/bin/python")
common = ["--threads", str(options.threads), "--seconds", str(options.seconds)]


def keras(backend, *more):
    return lambda workload: [python, str(HERE / "keras_peer.py"), backend, workload, *common, *more]


def torch(mode):
    return lambda workload: [python, str(HERE / "torch_peer.py"), mode, workload, *common]


def djl(workload):
    classes = f"{options.folder}/djl/target/classes:{options.folder}/djl/target/dependency/*"
    threads = [f"-Dai.djl.pytorch.num_threads={options.threads}", "-Dai.djl.pytorch.num_interop_threads=1"]
    return ["java", *threads, "-cp", classes, "dev.gnomon.peer.DjlPeer", workload, str(options.seconds)]


def ours(workload):
    return [str(HERE / "../../gnomon"), "bench", workload, *common, "--json"]


# Several steps at once save the time between steps. Where XLA's convolutions make a step of a third of a second, that is
# nothing, and fifty of them take minutes.
SMALL_ONLY = {"the same, both", "Keras on JAX, `steps_per_execution=50`"}
CONTENDERS = {
    OURS: ours,
    "Keras on TensorFlow": keras("tensorflow"),
    "the same, `steps_per_execution=50`": keras("tensorflow", "--steps-per-execution", "50"),
    "the same, `jit_compile=True`": keras("tensorflow", "--jit"),
    "the same, both": keras("tensorflow", "--jit", "--steps-per-execution", "50"),
    "Keras on JAX": keras("jax"),
    "Keras on JAX, `steps_per_execution=50`": keras("jax", "--steps-per-execution", "50"),
    "Keras on PyTorch": keras("torch"),
    "PyTorch": torch("eager"),
    "PyTorch, `channels_last`, fused Adam": torch("channels_last"),
    "PyTorch, `torch.compile`": torch("compile"),
    "DJL on PyTorch": djl,
}


def measure(command):
    """The last line of a contender's output; None where it failed, with the reason on stderr."""
    environment = os.environ | {"DJL_CACHE_DIR": str(options.folder / "djl-cache"), "OMP_NUM_THREADS": str(options.threads)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=HERE)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or not lines:
        print(" ".join(command), done.stderr[-2000:], sep="\n", file=sys.stderr)
        return None
    return json.loads(lines[-1])


contenders = {name: how for name, how in CONTENDERS.items() if name == OURS or options.only in name}
found = {(name, workload): [] for name in contenders for workload in workloads}
limits, loads = [], []
for turn in range(options.rounds):
    for workload in workloads:
        for name, how in contenders.items():
            if name in SMALL_ONLY and workload != "mlp":
                continue
            loads.append(os.getloadavg()[0])
            figures = measure(how(workload))
            if figures is not None:
                found[name, workload].append(figures)
                limits += [figures["limit_gflops"]] if "limit_gflops" in figures else []
                print(f"round {turn + 1}: {name}, {workload}: {figures['step_ms_median']:.3f} ms", file=sys.stderr)


def median(name, workload):
    return statistics.median(figures["step_ms_median"] for figures in found[name, workload])


def cell(name, workload):
    if not found[name, workload]:
        return ""
    best = min(figures["step_ms_best"] for figures in found[name, workload])
    return f"{median(name, workload):.3g} / {best:.3g}"


print("| milliseconds a step, median / best | " + " | ".join(workloads) + " |")
print("|---|" + "---|" * len(workloads))
for name in contenders:
    print(f"| {name} | " + " | ".join(cell(name, workload) for workload in workloads) + " |")
ratios = []
for workload in workloads:
    rivals = {name: median(name, workload) for name in contenders if name != OURS and found[name, workload]}
    if rivals and found[OURS, workload]:
        first = min(rivals, key=rivals.get)
        ratios.append(f"{rivals[first] / median(OURS, workload):.2f}× ({first})")
    else:
        ratios.append("")
print("| **the fastest peer's median over ours** | " + " | ".join(ratios) + " |")
shares = []
for workload in workloads:
    ours_found = found[OURS, workload]
    shares.append(f"{100 * statistics.median(f['gflops'] / f['limit_gflops'] for f in ours_found):.0f} %" if ours_found else "")
print("| **share of the limit that ours reaches** | " + " | ".join(shares) + " |")
cpu = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
flags = next((line for line in open("/proc/cpuinfo") if line.startswith("flags")), "").split()
known = [flag for flag in ["avx2", "avx512f", "avx512_bf16", "amx_bf16"] if flag in flags]
versions = sorted({f"{name.split(',')[0].replace('the same', 'Keras on TensorFlow')} {figures['version']}"
                   for (name, _), all_figures in found.items() for figures in all_figures if "version" in figures})  # fmt: skip
print()
print(f"{options.threads} threads, {options.rounds} rounds of {options.seconds:g} s by turns; {cpu}, {' '.join(known)}; limit "
      f"{statistics.median(limits) if limits else 0:.0f} GFLOP/s; load before the runs {min(loads):.1f}-{max(loads):.1f}. "
      f"{'; '.join(versions)}.")  # fmt: skip

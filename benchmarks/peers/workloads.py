"""The four workloads, their samples, and how a series of step times is told."""

import json
import sys

import numpy as np

# name: (shape of a sample, classes, batch)
SAMPLES = {
    "mlp": ((784,), 10, 32),
    "mnist_cnn": ((28, 28, 1), 10, 128),
    "geron_cnn": ((28, 28, 1), 10, 32),
    "clock_cnn": ((75, 75, 1), 720, 32),
}


def batch(workload):
    """One batch of uniform numbers from 0 to 1 with class numbers, always the same."""
    shape, classes, size = SAMPLES[workload]
    rng = np.random.default_rng(7)
    x = rng.random((size, *shape), dtype=np.float32)
    y = rng.integers(0, classes, size).astype(np.int64)
    return x, y


def tell(peer, workload, millis, **more):
    """One line of JSON: the median and the best of the times of a step."""
    figures = {"peer": peer, "workload": workload, "step_ms_median": float(np.median(millis)),
               "step_ms_best": float(np.min(millis)), "measurements": len(millis), **more}  # fmt: skip
    sys.stdout.flush()
    print(json.dumps(figures))

"""Training steps of PyTorch on a batch that lies in memory.

    torch_peer.py eager|channels_last|compile WORKLOAD --threads 2 --seconds 5
"""

import argparse
import time

import torch
from torch import nn

from workloads import SAMPLES, batch, tell

parser = argparse.ArgumentParser()
parser.add_argument("mode", choices=["eager", "channels_last", "compile"])
parser.add_argument("workload")
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--seconds", type=float, default=5)
options = parser.parse_args()
torch.set_num_threads(options.threads)


def conv(before, after, size, padding=0):
    return [nn.Conv2d(before, after, size, padding=padding), nn.ReLU()]


def dense(before, after):
    return [nn.Linear(before, after), nn.ReLU()]


def network(workload):
    classes = SAMPLES[workload][1]
    pool = nn.MaxPool2d(2)
    parts = {
        "mlp": lambda: [*dense(784, 300), *dense(300, 100), nn.Linear(100, classes)],
        "mnist_cnn": lambda: [
            *conv(1, 32, 3), *conv(32, 64, 3), pool, nn.Dropout(0.25), nn.Flatten(), *dense(9216, 128), nn.Dropout(0.5),
            nn.Linear(128, classes)],
        "geron_cnn": lambda: [
            *conv(1, 64, 7, 3), pool, *conv(64, 128, 3, 1), *conv(128, 128, 3, 1), pool, *conv(128, 256, 3, 1),
            *conv(256, 256, 3, 1), pool, nn.Flatten(), *dense(2304, 128), nn.Dropout(0.5), *dense(128, 64),
            nn.Dropout(0.5), nn.Linear(64, classes)],
        "clock_cnn": lambda: [
            *conv(1, 32, 5), pool, *conv(32, 64, 3), pool, *conv(64, 128, 3), pool, nn.Flatten(), *dense(6272, 256),
            nn.Linear(256, classes)],
    }  # fmt: skip
    return nn.Sequential(*parts[workload]())


x, y = batch(options.workload)
x, y = torch.from_numpy(x), torch.from_numpy(y)
model = network(options.workload)
if x.dim() == 4:
    x = x.permute(0, 3, 1, 2).contiguous()
if options.mode == "channels_last" and x.dim() == 4:
    x = x.to(memory_format=torch.channels_last)
    model = model.to(memory_format=torch.channels_last)
optimizer = torch.optim.Adam(model.parameters(), fused=options.mode == "channels_last")
loss = nn.CrossEntropyLoss()
forward = torch.compile(lambda x, y: loss(model(x), y)) if options.mode == "compile" else lambda x, y: loss(model(x), y)


def step():
    optimizer.zero_grad(set_to_none=True)
    forward(x, y).backward()
    optimizer.step()


start = time.perf_counter()
done = 0
while done < 5 or time.perf_counter() - start < min(2, options.seconds):
    step()
    done += 1
millis = []
start = time.perf_counter()
while len(millis) < 5 or time.perf_counter() - start < options.seconds:
    begin = time.perf_counter()
    step()
    millis.append((time.perf_counter() - begin) * 1e3)
tell(f"torch-{options.mode}", options.workload, millis, version=torch.__version__)

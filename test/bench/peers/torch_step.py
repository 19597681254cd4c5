"""One training step of PyTorch on a line "cell input hidden layers batch steps threads", answered by its median milliseconds.

The same work as ours: nn.RNN/GRU/LSTM, last step, linear head of one number, mean squared error, backward, clip_grad_norm_, Adam.
"""
import sys
import time

import torch
from torch import nn

CELLS = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}


def measure(cell, inputs, hidden, layers, batch, steps, threads):
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    model = nn.ModuleList([CELLS[cell](inputs, hidden, layers), nn.Linear(hidden, 1)])
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    x = torch.rand(steps, batch, inputs) * 2 - 1
    y = torch.rand(batch, 1)

    def step():
        optimizer.zero_grad()
        states, _ = model[0](x)
        loss = nn.functional.mse_loss(model[1](states[-1]), y)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 5)
        optimizer.step()

    for _ in range(3):
        step()
    times = []
    end = time.perf_counter() + 0.8
    while time.perf_counter() < end or len(times) < 7:
        began = time.perf_counter()
        step()
        times.append((time.perf_counter() - began) * 1000)
    return sorted(times)[len(times) // 2]


print(torch.__version__, flush=True)
for line in sys.stdin:
    cell, *numbers = line.split()
    print(measure(cell, *map(int, numbers)), flush=True)

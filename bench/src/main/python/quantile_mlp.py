"""The same network and training as ours, written for PyTorch in Python: the time of an epoch, to compare with.

Usage: python quantile_mlp.py train.csv.gz season week window horizon hidden blocks batch epochs stride dropout
Prints a line "seconds loss" an epoch.
"""
import gzip
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional

LEVELS = (0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975)


def series(path):
    with gzip.open(path, "rt") as lines:
        next(lines)
        return [np.array([float(cell) for cell in line.strip().split(",")[1:] if cell]) for line in lines]


class Net(nn.Module):
    def __init__(self, window, horizon, hidden, blocks, dropout):
        super().__init__()
        self.horizon, self.dropout = horizon, dropout
        self.start = nn.Linear(window, hidden)
        self.blocks = nn.ModuleList(
            nn.ModuleList([nn.Linear(hidden, hidden), nn.Linear(hidden, hidden)]) for _ in range(blocks)
        )
        self.out = nn.Linear(hidden, horizon * len(LEVELS))
        self.skip = nn.Linear(window, horizon)
        for zero in (self.out.weight, self.skip.weight, self.skip.bias):
            nn.init.zeros_(zero)

    def forward(self, x, base):
        h = functional.gelu(self.start(torch.sign(x) * torch.log1p(torch.abs(x))))
        for first, second in self.blocks:
            h = h + functional.dropout(second(functional.gelu(first(h))), self.dropout, self.training)
        return self.out(h).view(-1, self.horizon, len(LEVELS)) + (base + self.skip(x))[:, :, None]


def examples(all_series, season, week, window, horizon, stride):
    xs, bases, ys = [], [], []
    for values in all_series:
        for at in range(len(values) - horizon, window - 1, -stride):
            x = values[at - window : at]
            centre = x[-1]
            scale = max(
                np.abs(x[season:] - x[:-season]).mean(), 1e-3 * np.abs(x - centre).mean()
            )
            if scale == 0:
                continue
            xs.append((x - centre) / scale)
            bases.append((values[at - week + np.arange(horizon) % week] - centre) / scale)
            ys.append((values[at : at + horizon] - centre) / scale)
    return [torch.tensor(np.array(part), dtype=torch.float32) for part in (xs, bases, ys)]


def main():
    path = sys.argv[1]
    season, week, window, horizon, hidden, blocks, batch, epochs, stride = map(int, sys.argv[2:11])
    dropout = float(sys.argv[11])
    torch.manual_seed(1)
    x, base, y = examples(series(path), season, week, window, horizon, stride)
    net = Net(window, horizon, hidden, blocks, dropout)
    optimizer = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=1e-2)
    steps = len(x) // batch
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 1e-3, total_steps=epochs * steps + 1, pct_start=0.2)
    levels = torch.tensor(LEVELS)
    for _ in range(epochs):
        began, total = time.perf_counter(), 0.0
        order = torch.randperm(len(x))
        for step in range(steps):
            rows = order[step * batch : (step + 1) * batch]
            error = y[rows][:, :, None] - net(x[rows], base[rows])
            loss = torch.maximum(error * levels, error * (levels - 1)).mean()
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"{time.perf_counter() - began:.3f} {total / steps:.5f}", flush=True)


main()

"""Times training steps of the same networks in PyTorch: forwards, backwards, Adam, and the loss read back.

Prints one line: for each network asked for, the median in milliseconds and the number of parameters.

usage: torch_step.py THREADS NETWORK…
"""

import json
import sys
import time

import torch
from torch import nn

FIRST, STEPS, MOST_TIME, BATCH = 5, 60, 6.0, 64


class Residual(nn.Module):
    """Two residual blocks, the second with a projection; see src/gallery/residual/smallResnet.ts."""

    def __init__(self):
        super().__init__()

        def part(before, after, stride, size=3):
            return nn.Conv2d(before, after, size, stride, size // 2, bias=False)

        self.stem = nn.Sequential(part(3, 16, 2), nn.BatchNorm2d(16), nn.ReLU())
        self.plain = nn.Sequential(part(16, 16, 1), nn.BatchNorm2d(16), nn.ReLU(), part(16, 16, 1), nn.BatchNorm2d(16))
        self.wide = nn.Sequential(part(16, 32, 2), nn.BatchNorm2d(32), nn.ReLU(), part(32, 32, 1), nn.BatchNorm2d(32))
        self.project = part(16, 32, 2, 1)
        self.classes = nn.Linear(32, 10)

    def forward(self, x):
        x = self.stem(x)
        x = torch.relu(self.plain(x) + x)
        x = torch.relu(self.wide(x) + self.project(x))
        return self.classes(x.mean((2, 3)))


class Last(nn.Module):
    """What a recurrent layer says at the end."""

    def __init__(self, layer):
        super().__init__()
        self.layer = layer
        self.classes = nn.Linear(64, 10)

    def forward(self, x):
        return self.classes(self.layer(x)[0][:, -1])


class Layer(nn.Module):
    """Attention and a thought, each added to what came in and normalised."""

    def __init__(self, width=64, heads=4):
        super().__init__()
        self.attention = nn.MultiheadAttention(width, heads, batch_first=True)
        self.widen, self.narrow = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, 1e-6), nn.LayerNorm(width, 1e-6)
        self.drop = nn.Dropout(0.1)

    def forward(self, x):
        x = self.norm1(x + self.drop(self.attention(x, x, x, need_weights=False)[0]))
        return self.norm2(x + self.drop(self.narrow(torch.relu(self.widen(x)))))


class Transformer(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding, self.classes = nn.Linear(28, 64), nn.Linear(64, 10)
        self.layers = nn.Sequential(Layer(), Layer())

    def forward(self, x):
        return self.classes(self.layers(self.embedding(x)).mean(1))


def lenet():
    return nn.Sequential(
        *(nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10)),
    )


NETWORKS = {
    "mlp": (
        lambda: nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10)),
        (784,),
    ),
    "lenet": (lenet, (1, 28, 28)),
    "resnet": (Residual, (3, 32, 32)),
    "lstm": (lambda: Last(nn.LSTM(32, 64, batch_first=True)), (40, 32)),
    "gru": (lambda: Last(nn.GRU(32, 64, batch_first=True)), (40, 32)),
    "transformer": (Transformer, (28, 28)),
}


def measure(name):
    make, shape = NETWORKS[name]
    model = make()
    optimizer = torch.optim.Adam(model.parameters(), 0.001)
    x = (torch.arange(BATCH * torch.tensor(shape).prod()) * 7919 % 256 / 255).reshape(BATCH, *shape)
    labels = torch.arange(BATCH) % 10
    loss_of = nn.CrossEntropyLoss()
    times, began = [], time.perf_counter()
    for count in range(FIRST + STEPS):
        start = time.perf_counter()
        optimizer.zero_grad()
        loss = loss_of(model(x), labels)
        loss.backward()
        optimizer.step()
        assert loss.isfinite().item()
        times.append(time.perf_counter() - start)
        if count > FIRST + 1 and time.perf_counter() - began > MOST_TIME:
            break
    warm = sorted(times[FIRST:])
    parameters = sum(weight.numel() for weight in model.parameters())
    return {"median": warm[len(warm) // 2] * 1000, "parameters": parameters, "version": torch.__version__}


torch.set_num_threads(int(sys.argv[1]))
print(json.dumps([measure(name) for name in sys.argv[2:]]))

"""Times PyTorch on one thread, on request: a command a line on standard input, its words parted by tabs, a line of answer each.

load WEIGHTS LAYOUT INPUTS LABELS SIZE CHANNELS PADDING BATCH
                    files of float32 weights ("name:6x3x5x5 ..." in that order), float32 inputs, int32 labels; answers PyTorch's version
outputs             the probabilities of the first input
forward COUNT       microseconds a forward pass of the first input
losses COUNT RATE   the loss before each of COUNT training steps from the loaded weights
train COUNT         microseconds a training step
"""

import sys
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


class LeNet(nn.Module):
    def __init__(self, channels, padding, flat):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, 6, 5, padding=padding)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.dense1 = nn.Linear(flat, 120)
        self.dense2 = nn.Linear(120, 84)
        self.dense3 = nn.Linear(84, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = F.relu(self.dense1(x.flatten(1)))
        return self.dense3(F.relu(self.dense2(x)))


def read_weights(path, layout):
    values = torch.from_numpy(np.fromfile(path, np.float32))
    state, start = {}, 0
    for entry in layout.split(" "):
        name, sizes = entry.split(":")
        shape = [int(size) for size in sizes.split("x")]
        length = int(np.prod(shape))
        state[name] = values[start : start + length].reshape(shape)
        start += length
    return state


class Session:
    def __init__(self, weights, layout, inputs, labels, size, channels, padding, batch):
        self.state = read_weights(weights, layout)
        self.inputs = torch.from_numpy(np.fromfile(inputs, np.float32)).reshape(-1, int(channels), int(size), int(size))
        self.labels = torch.from_numpy(np.fromfile(labels, np.int32).astype(np.int64))
        self.batch = int(batch)
        self.shape = (int(channels), int(padding), self.state["dense1.weight"].shape[1])
        self.reset(0.01)

    def reset(self, rate):
        self.net = LeNet(*self.shape)
        self.net.load_state_dict(self.state)
        self.optimizer = torch.optim.SGD(self.net.parameters(), lr=rate, momentum=0.9)
        self.place = 0

    def probabilities(self):
        with torch.inference_mode():
            return torch.softmax(self.net(self.inputs[:1]), 1)

    def step(self):
        begin = self.place * self.batch
        self.place = (self.place + 1) % (len(self.labels) // self.batch)
        loss = F.cross_entropy(self.net(self.inputs[begin : begin + self.batch]), self.labels[begin : begin + self.batch])
        self.optimizer.zero_grad(set_to_none=True)  # faster than writing zeros
        loss.backward()
        self.optimizer.step()
        return loss


def microseconds(count, call):
    begin = time.perf_counter()
    for _ in range(count):
        call()
    return repr((time.perf_counter() - begin) / count * 1e6)


def answer(session, command, arguments):
    if command == "outputs":
        return " ".join(map(repr, session.probabilities()[0].tolist()))
    if command == "forward":
        return microseconds(int(arguments[0]), session.probabilities)
    if command == "losses":
        session.reset(float(arguments[1]))
        return " ".join(repr(session.step().item()) for _ in range(int(arguments[0])))
    if command == "train":
        return microseconds(int(arguments[0]), session.step)
    raise ValueError("unknown command " + command)


def main():
    torch.set_num_threads(1)
    session = None
    for line in sys.stdin:
        command, *arguments = line.rstrip("\n").split("\t")
        if command == "load":
            session = Session(*arguments)
            print("PyTorch " + torch.__version__, flush=True)
        else:
            print(answer(session, command, arguments), flush=True)


main()

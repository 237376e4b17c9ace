"""A network of the zoo in PyTorch, exported and timed on request: a command a line on standard input, its words parted by tabs, a line
of answer each.

load NAME FOLDER    writes FOLDER/weights.safetensors under the names of the declaration, FOLDER/model.onnx (opset 13, batch 1, batch
                    normalisation folded, input NCHW) and FOLDER/run.safetensors with input.hwc, input.chw, output.hwc,
                    output.chw and output.onnx, that of the model;
                    answers PyTorch's version
forward COUNT       microseconds a forward pass of that input
losses COUNT RATE   of a network that the zoo trains: the loss before each of COUNT steps of SGD with momentum 0.9 from those weights, on the
                    batch of 64 that stands in FOLDER/run.safetensors as inputs.hwc, inputs.chw and labels
train COUNT         microseconds such a step
"""

import pathlib
import sys
import time
import warnings

import torch
import torch.nn.functional as F
from torch import nn

from zoo import infer, randomise, save, spread_classes, state
from zoo_networks import CASES, SameConv2d, in_order

BATCH = 64


class PaddedConv(torch.autograd.Function):
    """A convolution with padding of its own on each side: one node of ONNX, where the exporter would put a padding before it."""

    @staticmethod
    def forward(ctx, x, weight, bias, stride, pads, groups):
        return F.conv2d(F.pad(x, pads), weight, bias, stride, 0, 1, groups)

    @staticmethod
    def symbolic(g, x, weight, bias, stride, pads, groups):
        left, right, top, bottom = pads
        places = {"strides_i": stride, "pads_i": [top, left, bottom, right], "group_i": groups, "dilations_i": [1, 1]}
        inputs = [x, weight] if bias is None else [x, weight, bias]
        return g.op("Conv", *inputs, kernel_shape_i=weight.type().sizes()[2:], **places)


plain_forward = SameConv2d.forward


def padded_forward(self, x):
    return PaddedConv.apply(x, self.weight, self.bias, self.stride, self.pads(x), self.groups)


class Session:
    def __init__(self, name, folder):
        torch.manual_seed(1)
        case = CASES[name]
        folder = pathlib.Path(folder)
        net = case.build()
        randomise(net)
        net.eval()
        self.input = torch.randn(1, *case.shape)
        spread_classes(net, case, self.input)
        save(folder / "weights.safetensors", state(net), {"cnn.order": "hwc"})
        tensors = {}
        infer(net, case, self.input, tensors)
        if hasattr(net, "layout"):
            # The flattened volume in PyTorch's order, its weights likewise: what an exporter gives, without a transposition.
            net.layout = "chw"
            net.dense1.weight.copy_(net.dense1.weight.reshape(120, 5, 5, 16).permute(0, 3, 1, 2).reshape(120, 400))
        self.net = nn.Sequential(net, nn.Softmax(1)) if case.last else net
        tensors["output.onnx"] = self.net(self.input)
        if case.batch:
            self.prepare(case, net, tensors)
        save(folder / "run.safetensors", tensors, {})
        names = {"input_names": ["input"], "output_names": ["output"]}
        torch.onnx.export(self.net, self.input, str(folder / "model.onnx"), opset_version=13, do_constant_folding=True, **names)

    def prepare(self, case, net, tensors):
        self.trained, self.weights = case.build(), state(net)
        self.inputs, self.labels = torch.randn(BATCH, *case.shape), torch.arange(BATCH) % tensors["output.hwc"].shape[1]
        tensors["inputs.hwc"], tensors["inputs.chw"] = in_order(self.inputs, "hwc"), self.inputs
        tensors["labels"] = self.labels.float()
        self.reset(0.01)

    def reset(self, rate):
        self.trained.load_state_dict(self.weights, strict=False)
        self.trained.train()
        self.optimizer = torch.optim.SGD(self.trained.parameters(), lr=rate, momentum=0.9)

    def step(self):
        with torch.enable_grad():
            loss = F.cross_entropy(self.trained(self.inputs), self.labels)
            self.optimizer.zero_grad(set_to_none=True)  # faster than writing zeros
            loss.backward()
            self.optimizer.step()
        return loss.item()

    def losses(self, count, rate):
        SameConv2d.forward = plain_forward  # the other one has no gradient
        self.reset(rate)
        return " ".join(repr(self.step()) for _ in range(count))

    def train(self, count):
        SameConv2d.forward = plain_forward
        begin = time.perf_counter()
        for _ in range(count):
            self.step()
        return (time.perf_counter() - begin) / count * 1e6

    def forward(self, count):
        SameConv2d.forward = padded_forward
        begin = time.perf_counter()
        for _ in range(count):
            self.net(self.input)
        return (time.perf_counter() - begin) / count * 1e6


def main():
    warnings.simplefilter("ignore")
    torch.set_num_threads(1)
    SameConv2d.forward = padded_forward
    session = None
    with torch.inference_mode(False), torch.no_grad():
        for line in sys.stdin:
            command, *words = line.rstrip("\n").split("\t")
            if command == "load":
                session = Session(*words)
                print(torch.__version__, flush=True)
            elif command == "losses":
                print(session.losses(int(words[0]), float(words[1])), flush=True)
            elif command == "train":
                print(session.train(int(words[0])), flush=True)
            else:
                print(session.forward(int(words[0])), flush=True)


if __name__ == "__main__":
    main()

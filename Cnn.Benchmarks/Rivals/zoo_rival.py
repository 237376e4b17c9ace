"""A network of the zoo in PyTorch, exported and timed on request: a command a line on standard input, its words parted by tabs, a line
of answer each.

load NAME FOLDER    writes FOLDER/weights.safetensors under the names of the declaration, FOLDER/model.onnx (opset 13, batch 1, batch
                    normalisation folded, input NCHW) and FOLDER/run.safetensors with input.hwc, input.chw, output.hwc,
                    output.chw and output.onnx, that of the model;
                    answers PyTorch's version
forward COUNT       microseconds a forward pass of that input
"""

import pathlib
import sys
import time
import warnings

import torch
from torch import nn

from zoo import infer, randomise, save, spread_classes, state
from zoo_networks import CASES


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
        save(folder / "weights.safetensors", state(net), {})
        tensors = {}
        infer(net, case, self.input, tensors)
        if hasattr(net, "layout"):
            # The flattened volume in PyTorch's order, its weights likewise: what an exporter gives, without a transposition.
            net.layout = "chw"
            net.dense1.weight.copy_(net.dense1.weight.reshape(120, 5, 5, 16).permute(0, 3, 1, 2).reshape(120, 400))
        self.net = nn.Sequential(net, nn.Softmax(1)) if case.last else net
        tensors["output.onnx"] = self.net(self.input)
        save(folder / "run.safetensors", tensors, {})
        names = {"input_names": ["input"], "output_names": ["output"]}
        torch.onnx.export(self.net, self.input, str(folder / "model.onnx"), opset_version=13, do_constant_folding=True, **names)

    def forward(self, count):
        begin = time.perf_counter()
        for _ in range(count):
            self.net(self.input)
        return (time.perf_counter() - begin) / count * 1e6


def main():
    warnings.simplefilter("ignore")
    torch.set_num_threads(1)
    session = None
    with torch.inference_mode(False), torch.no_grad():
        for line in sys.stdin:
            command, *words = line.rstrip("\n").split("\t")
            if command == "load":
                session = Session(*words)
                print(torch.__version__, flush=True)
            else:
                print(session.forward(int(words[0])), flush=True)


if __name__ == "__main__":
    main()

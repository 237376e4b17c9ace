"""Writes independent.safetensors: the parameters of FakeNetwork as another program would save them.

Follows the public specification of safetensors with nothing but json and struct: tensors out of order, metadata, keys in another order,
and a header whose length is no multiple of 8. conv1.weight holds 0.5, 1.5, 2.5 ..., conv1.bias -1 and infinity.
"""
import json
import pathlib
import struct

weight = [index + 0.5 for index in range(18)]
bias = [-1.0, float("inf")]
header = json.dumps(
    {
        "conv1.bias": {"shape": [2], "data_offsets": [0, 8], "dtype": "F32"},
        "__metadata__": {"format": "pt", "epoch": "3", "note": "gr\u00fc\u00dfe"},
        "conv1.weight": {"data_offsets": [8, 80], "dtype": "F32", "shape": [2, 1, 3, 3]},
    },
    indent=1,
    ensure_ascii=False,
).encode("utf-8")
if len(header) % 8 == 0:
    header += b" "
path = pathlib.Path(__file__).with_name("independent.safetensors")
path.write_bytes(struct.pack("<Q", len(header)) + header + struct.pack("<2f", *bias) + struct.pack("<18f", *weight))

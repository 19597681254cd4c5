/** `weights.py`: safetensors without a package. */
export const WEIGHTS_CODE = `"""Weights as safetensors files, read and written without a package: 8 bytes with the header's length, the header as JSON, the numbers."""

import json
import struct

import torch


def read_weights(path):
    """name -> float32 tensor."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = bytearray(file.read())
    arrays = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        if entry["dtype"] != "F32":
            raise ValueError(f"{path}: {name} holds {entry['dtype']}, expected F32")
        begin, end = entry["data_offsets"]
        arrays[name] = torch.frombuffer(data[begin:end], dtype=torch.float32).reshape(entry["shape"])
    return arrays


def write_weights(path, arrays, metadata=None):
    """The arrays as float32; Unroll reads such a file back."""
    header, parts, at = {"__metadata__": metadata or {}}, [], 0
    for name, array in arrays.items():
        part = array.detach().cpu().float().contiguous().numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": [at, at + len(part)]}
        parts.append(part)
        at += len(part)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        file.writelines(parts)
`;

"""Writes a fitted network as the files that the trained reader loads: quantised ONNX, tokenizer, settings."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.network import Network

_OPSET = 17


def export(network: Network, base: Path, folder: Path, settings: dict[str, float]) -> None:
    """Write ``reader.onnx`` (weights as 7-bit integers), ``tokenizer.json`` and ``settings.json`` into a folder.

    Of 8 bits, sums of two products overflow on processors without VNNI, and one text would read differently there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "reader.onnx"
        write_onnx(network, whole)
        target = folder / "reader.onnx"
        quantize_dynamic(whole, target, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    shutil.copyfile(base / "tokenizer.json", folder / "tokenizer.json")
    (folder / "settings.json").write_text(json.dumps(settings, indent=1, sort_keys=True) + "\n", encoding="utf-8")


class _Plain(nn.Module):
    """The network with the attention mask made by hand, so that the exported graph holds for every batch and length."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network.eval()

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        found: tuple[Tensor, Tensor, Tensor] = self.network(ids, types, mask)
        return found


def write_onnx(network: Network, path: Path) -> None:
    """Write the network as one ONNX file, with its weights as they are; batch and length are free."""
    example = torch.ones(2, 16, dtype=torch.long)
    names = ["ids", "types", "mask"]
    axes = {name: {0: "batch", 1: "pieces"} for name in names}
    with torch.no_grad():
        torch.onnx.export(
            _Plain(network),
            (example, example, example),
            str(path),
            input_names=names,
            output_names=["triggers", "parts", "factuality"],
            dynamic_axes=axes,
            opset_version=_OPSET,
            dynamo=False,
        )

"""The taught encoder as the weights file that `claims/weighing/pages.py` reads."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from claims.weighing.pages import LONGEST, SCALES

SMALL = 50_000  # weights; a table with fewer is kept in 32 bits
ATTENDING = ("query", "key", "value")
NAMES = (
    ("base.embeddings.LayerNorm", "entered_norm"),
    ("base.encoder.layer.", "layers."),
    ("attention.attention", "attention"),
    ("attention.output.dense", "attended"),
    ("attention.output.LayerNorm", "attended_norm"),
    ("intermediate.dense", "widen"),
    ("output.dense", "narrow"),
    ("output.LayerNorm", "thought_norm"),
)


def arrays_of(network: nn.Module) -> dict[str, Any]:
    """The weights as `claims/weighing/pages.py` reads them: large tables in 8 bits, a scale for each column beside."""
    tensors = {_name_of(name): tensor for name, tensor in _joined(network.state_dict()).items()}
    tensors["references"] = F.normalize(tensors["references"], dim=-1)
    arrays: dict[str, Any] = {}
    for name, tensor in tensors.items():
        values = (tensor.T if name.endswith(".weight") and tensor.ndim == 2 else tensor).cpu().numpy()
        if values.size < SMALL:
            arrays[name] = np.ascontiguousarray(values, dtype=np.float32)
        else:
            scales = np.abs(values).max(0) / 127 + 1e-9
            arrays[name] = np.ascontiguousarray(np.round(values / scales).astype(np.int8))
            arrays[f"{name} {SCALES}"] = scales.astype(np.float32)
    return arrays


def _joined(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The state with queries, keys and values as one table, without what is evaluated apart or not at all."""
    joined = {name: tensor for name, tensor in state.items() if not name.startswith(("base.", "topic.", "rows"))}
    embeddings = "base.embeddings."
    places = state[f"{embeddings}position_embeddings.weight"][:LONGEST]
    joined["places"] = places + state[f"{embeddings}token_type_embeddings.weight"][0]
    for name in [name for name in state if name.startswith("base.")]:
        if ".self.query." in name:
            parts = [state[name.replace(".query.", f".{part}.")] for part in ATTENDING]
            joined[name.replace("self.query", "attention")] = torch.cat(parts)
        elif "LayerNorm" in name or ".dense." in name:
            joined[name] = state[name]
    return joined


def _name_of(name: str) -> str:
    """BERT's name of a table → the one that `claims/weighing/encoder.py` asks for."""
    for theirs, ours in NAMES:
        name = name.replace(theirs, ours)
    return name


def write(network: nn.Module, vocabulary: Sequence[str], labels: Mapping[str, Sequence[str]], path: Path) -> None:
    """Writes the weights file."""
    vectors = network.state_dict()["base.embeddings.word_embeddings.weight"].cpu().numpy()
    scales = np.abs(vectors).max(1, keepdims=True) / 127 + 1e-9
    words = np.round(vectors / scales).astype(np.int8)
    texts: dict[str, Any] = {"vocabulary": "\n".join(vocabulary), "labels": json.dumps(dict(labels))}
    np.savez(path, words=words, scales=scales.astype(np.float16), **texts, **arrays_of(network))

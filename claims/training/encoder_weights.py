"""The taught encoder as the weights file that `claims/weighing/pages.py` reads, and back."""

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
APART = ("words", "scales", "vocabulary", "labels")  # the word vectors, which are not taught, and what is no table
NAMES = (
    ("bert.embeddings.LayerNorm", "entered_norm"),
    ("bert.encoder.layer.", "layers."),
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
        values = tensor.T.numpy() if name.endswith(".weight") and tensor.ndim == 2 else tensor.numpy()
        if values.size < SMALL:
            arrays[name] = np.ascontiguousarray(values, dtype=np.float32)
        else:
            scales = np.abs(values).max(0) / 127 + 1e-9
            arrays[name] = np.ascontiguousarray(np.round(values / scales).astype(np.int8))
            arrays[f"{name} {SCALES}"] = scales.astype(np.float32)
    return arrays


def _joined(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The state with queries, keys and values as one table, without what is evaluated apart or not at all."""
    joined = {name: tensor for name, tensor in state.items() if not name.startswith(("bert.", "topic."))}
    embeddings = "bert.embeddings."
    places = state[f"{embeddings}position_embeddings.weight"][:LONGEST]
    joined["places"] = places + state[f"{embeddings}token_type_embeddings.weight"][0]
    for name in [name for name in state if name.startswith("bert.")]:
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


def restored(network: nn.Module, path: Path) -> dict[str, Tensor]:
    """The state of such a network in a weights file; what is not in the file stays as the network has it."""
    with np.load(path, allow_pickle=False) as arrays:
        tables = {
            name: _table(name, arrays) for name in arrays.files if name not in APART and not name.endswith(SCALES)
        }
    state = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    places, kind = (state[f"bert.embeddings.{name}_embeddings.weight"] for name in ("position", "token_type"))
    places[:LONGEST] = tables["places"] - kind[0]
    for name, tensor in state.items():
        part = next((part for part in ATTENDING if f".self.{part}." in name), None)
        if part is not None:
            whole = tables[_name_of(name.replace(f"self.{part}", "attention"))]
            state[name] = whole.chunk(len(ATTENDING))[ATTENDING.index(part)].clone()
        elif _name_of(name) in tables:
            state[name] = tables[_name_of(name)].reshape(tensor.shape)
    return state


def _table(name: str, arrays: Mapping[str, Any]) -> Tensor:
    values = arrays[name].astype(np.float32) * arrays.get(f"{name} {SCALES}", np.float32(1))
    return torch.tensor(values.T if name.endswith(".weight") and values.ndim == 2 else values)


def write(network: nn.Module, vocabulary: Sequence[str], labels: Mapping[str, Sequence[str]], path: Path) -> None:
    """Writes the weights file."""
    vectors = network.state_dict()["bert.embeddings.word_embeddings.weight"].numpy()
    scales = np.abs(vectors).max(1, keepdims=True) / 127 + 1e-9
    words = np.round(vectors / scales).astype(np.int8)
    texts: dict[str, Any] = {"vocabulary": "\n".join(vocabulary), "labels": json.dumps(dict(labels))}
    np.savez(path, words=words, scales=scales.astype(np.float16), **texts, **arrays_of(network))

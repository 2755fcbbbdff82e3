"""A network for tests: outside names and addresses lead to a server on this machine, and all dialling is noted."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache

from auditor.fetching.network import Network

PUBLIC = "93.184.215.14"  # an address that is on the public internet, and is never dialled for real


@dataclass
class Outside:
    """Names and what each lookup of them gives, the last for ever; `dialled` is what was let through to the outside."""

    port: int
    names: dict[str, list[Sequence[str]]] = field(default_factory=dict)
    dialled: list[str] = field(default_factory=list)
    dead: bool = False  # nothing answers
    anywhere: bool = False  # every name is known

    @property
    def network(self) -> Network:
        """This network, for a fetcher."""
        return Network(self._resolve, self._dial)

    def _resolve(self, host: str, _: int) -> Sequence[str]:
        lookups = self.names.get(host, [[PUBLIC]] if self.anywhere else None)
        if lookups is None:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return lookups.pop(0) if len(lookups) > 1 else lookups[0]

    def _dial(self, address: str, _: int, seconds: float) -> socket.socket:
        self.dialled.append(address)
        if self.dead:
            raise ConnectionRefusedError
        return socket.create_connection(("127.0.0.1", self.port), timeout=seconds)


@contextmanager
def connections() -> Iterator[list[object]]:
    """Every address that this process connects to meanwhile, whoever does it and in whatever way."""
    connected: list[object] = []
    _listeners().append(connected)
    try:
        yield connected
    finally:
        _listeners().pop()


@cache
def _listeners() -> list[list[object]]:
    listeners: list[list[object]] = []

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if listeners and event == "socket.connect":
            listeners[-1].append(arguments[1])

    sys.addaudithook(note)  # it can't be taken out again
    return listeners

"""The network outside: how a name becomes addresses, and how an address is dialled."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass


def addresses_of(host: str, port: int) -> Sequence[str]:
    """Every address that a name has, in the system's order.

    The system takes `0x7f.1` and `2130706433` for addresses too. Raises OSError or UnicodeError where there is none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def socket_to(address: str, port: int, seconds: float) -> socket.socket:
    """An open connection to an address; raises OSError where there is none in time."""
    return socket.create_connection((address, port), timeout=seconds)


@dataclass(frozen=True, slots=True)
class Network:
    """The two doors to the outside, so that another network can stand in."""

    resolve: Callable[[str, int], Sequence[str]] = addresses_of
    dial: Callable[[str, int, float], socket.socket] = socket_to


SYSTEM = Network()

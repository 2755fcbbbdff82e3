"""What a server may send on a connection: so many bytes, until a point in time, however it drips or floods."""

from __future__ import annotations

import http.client
import io
import socket
import time
from dataclasses import dataclass
from typing import Any

from auditor.fetching.reasons import Why, failed


@dataclass(frozen=True, slots=True)
class Ration:
    """`deadline` is in time.monotonic(); `most` counts packed bytes, with headers and chunk marks."""

    deadline: float
    most: int

    def seconds_left(self) -> float:
        """The time until the deadline; raises FetchFailed when it has passed."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise failed(Why.TIMEOUT)
        return left


class RationedResponse(http.client.HTTPResponse):
    """An HTTP response that reads its connection by a ration: status line, headers, chunk marks and body alike.

    A socket's own timeout starts anew with every byte, so a server that drips its headers would outlive it.
    """

    def __init__(self, sock: socket.socket, *args: Any, ration: Ration, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp = io.BufferedReader(_Rationed(self.fp.detach(), sock, ration))


class _Rationed(io.RawIOBase):
    def __init__(self, raw: io.RawIOBase, sock: socket.socket, ration: Ration) -> None:
        self._raw, self._sock, self._ration = raw, sock, ration
        self._got = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._sock.settimeout(self._ration.seconds_left())
        count = self._raw.readinto(buffer)
        self._got += count or 0
        if self._got > self._ration.most:
            raise failed(Why.TOO_LARGE, limit=round(self._ration.most / 1e6, 1))
        return int(count) if count is not None else None

    def close(self) -> None:
        self._raw.close()
        super().close()

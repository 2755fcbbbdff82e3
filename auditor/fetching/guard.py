"""No way in: a name is resolved, every address of it is checked, and what was checked is what is dialled."""

from __future__ import annotations

import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread

from auditor.errors import FetchFailed
from auditor.fetching.addresses import is_public
from auditor.fetching.network import SYSTEM, Network
from auditor.fetching.reasons import Why, failed

_WEB_PORTS = (80, 443)
_FIRST_FREE_PORT = 1024  # below it stand mail, shells and databases, which must not be talked to in HTTP
_MOST_DIALLED = 4  # a name with a hundred dead addresses must not cost a hundred timeouts


@dataclass(frozen=True, slots=True)
class Guard:
    """Opens connections to public addresses only, unless private ones are allowed."""

    network: Network = SYSTEM
    allow_private: bool = False

    def addresses(self, host: str, port: int, seconds: float) -> Sequence[str]:
        """The addresses of a name, all of them checked; raises FetchFailed where one may not be dialled."""
        found = self._resolved(host, port, seconds)
        if not found:
            raise failed(Why.DNS)
        if not self.allow_private:
            self._refuse(found, port)
        return found

    def vet(self, host: str, port: int, seconds: float) -> None:
        """Raises FetchFailed where what is known of a name forbids it; one unknown here is a proxy's to resolve."""
        try:
            self.addresses(host, port, seconds)
        except FetchFailed as error:
            if error.code != f"fetch/{Why.DNS}":
                raise

    def socket_to(self, host: str, port: int, seconds: float) -> socket.socket:
        """A connection to the first checked address that answers; raises FetchFailed where none does."""
        end = time.monotonic() + seconds
        why = Why.TIMEOUT
        for address in self.addresses(host, port, seconds)[:_MOST_DIALLED]:
            left = end - time.monotonic()
            if left <= 0:
                break
            try:
                return self.network.dial(address, port, left)
            except TimeoutError:
                why = Why.TIMEOUT
            except OSError:
                why = Why.CONNECTION
        raise failed(why)

    def _resolved(self, host: str, port: int, seconds: float) -> Sequence[str]:
        """The addresses of a name, or none; the system's resolver knows no limit of time, so it is waited for apart."""
        answer: SimpleQueue[Sequence[str]] = SimpleQueue()
        Thread(target=_resolve, args=(self.network, host, port, answer), daemon=True).start()
        try:
            return answer.get(timeout=seconds)
        except Empty:
            return ()

    def _refuse(self, found: Sequence[str], port: int) -> None:
        if not all(map(is_public, found)):
            raise failed(Why.PRIVATE_ADDRESS)
        if port not in _WEB_PORTS and port < _FIRST_FREE_PORT:
            raise failed(Why.PORT, port=port)


def _resolve(network: Network, host: str, port: int, answer: SimpleQueue[Sequence[str]]) -> None:
    try:
        answer.put(network.resolve(host, port))
    except (OSError, UnicodeError):
        answer.put(())

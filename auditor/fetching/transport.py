"""One question to one web server, and its answer; the only module that knows requests."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import requests
import urllib3
from requests.adapters import HTTPAdapter
from requests.utils import DEFAULT_CA_BUNDLE_PATH, get_environ_proxies
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.util.ssl_ import create_urllib3_context

from auditor.fetching.guard import Guard
from auditor.fetching.rations import Ration, RationedResponse
from auditor.fetching.reasons import Why, failed
from auditor.fetching.settings import FetchSettings
from auditor.fetching.translating import our_failures
from auditor.fetching.urls import parts_of, port_of

_PIECE = 65_536
_ACCEPT = {
    "Accept": "text/html, application/xhtml+xml, text/markdown;q=0.9, text/plain;q=0.8, */*;q=0.1",
    "Accept-Language": "en, *;q=0.1",
    "Accept-Encoding": "gzip, deflate",
    "Connection": "close",
}

Dial = Callable[[str, int, float], socket.socket]


@dataclass(frozen=True, slots=True)
class Reply:
    """The head of an answer; its body is read when somebody asks for it."""

    url: str
    status: int
    phrase: str
    headers: Mapping[str, str]
    raw: urllib3.BaseHTTPResponse

    def body(self, most: int, *, cut: bool = False) -> bytes:
        """The body, unpacked while it streams. Over `most` bytes it is cut off there, or raises FetchFailed."""
        body = bytearray()
        with our_failures():
            for piece in self.raw.stream(_PIECE, decode_content=True):
                body += piece
                if len(body) > most and cut:
                    return bytes(body[:most])
                if len(body) > most:
                    raise failed(Why.TOO_LARGE, limit=round(most / 1e6, 1))
        return bytes(body)


class Transport:
    """Asks web servers, each time on a connection of its own: no cookie, login or open line outlives a question."""

    def __init__(self, settings: FetchSettings, guard: Guard) -> None:
        self._settings, self._guard = settings, guard

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        """Whom we believe: requests' list, and what this machine or SSL_CERT_FILE adds. Loading it takes 30 ms."""
        trust = create_urllib3_context()
        trust.load_verify_locations(DEFAULT_CA_BUNDLE_PATH)
        trust.load_default_certs()
        return trust

    @contextmanager
    def asked(self, url: str, ration: Ration, headers: Mapping[str, str]) -> Iterator[Reply]:
        """The answer of a server, redirects not followed; raises FetchFailed."""
        settings = self._settings
        with our_failures():
            proxies = self._proxies(url)
            question = requests.Request("GET", url, {"User-Agent": settings.user_agent, **_ACCEPT, **headers}).prepare()
            adapter = _Adapter(self._guard.socket_to, ration, self._trust if url.startswith("https:") else None)
            left = ration.seconds_left()
            timeout = (min(settings.connect_seconds, left), left)
            answer = adapter.send(question, stream=True, timeout=timeout, proxies=proxies)
        try:
            yield Reply(question.url or url, answer.status_code, answer.reason or "", answer.headers, answer.raw)
        finally:
            answer.close()
            adapter.close()

    def _proxies(self, url: str) -> dict[str, str]:
        """The proxies for an address, which resolve names themselves: what is known of this one is checked before."""
        proxies = get_environ_proxies(url) if self._settings.use_proxies else {}
        if proxies:
            self._guard.vet(parts_of(url).hostname or "", port_of(url), self._settings.connect_seconds)
        return dict(proxies)


class _Adapter(HTTPAdapter):
    """Connections that are dialled by `dial` and read by a ration, those to proxies included."""

    def __init__(self, dial: Dial, ration: Ration, trust: ssl.SSLContext | None) -> None:
        self._dial, self._ration, self._trust = dial, ration, trust
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, ssl_context=self._trust, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _pools(self._dial, self._ration)

    def cert_verify(self, conn: Any, *_: Any) -> None:
        conn.cert_reqs = "CERT_REQUIRED"  # by the context; requests would load its list once more for each connection

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, ssl_context=self._trust, **kwargs)
        manager.pool_classes_by_scheme = _pools(None, self._ration)  # the user named the proxy, wherever it stands
        return manager


def _pools(dial: Dial | None, ration: Ration) -> dict[str, Any]:
    return {
        "http": partial(_Pool, dial=dial, ration=ration),
        "https": partial(_TLSPool, dial=dial, ration=ration),
    }


class _Connection(HTTPConnection):
    def __init__(self, *args: Any, dial: Dial | None, ration: Ration, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._dial = dial
        self.response_class = partial(RationedResponse, ration=ration)  # type: ignore[assignment]

    def _new_conn(self) -> socket.socket:
        if self._dial is None:
            return super()._new_conn()
        return self._dial(self._dns_host, self.port, float(self.timeout or 0))


class _TLSConnection(_Connection, HTTPSConnection):
    """The certificate is checked against the name, whatever address was dialled."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _TLSPool(HTTPSConnectionPool):
    ConnectionCls = _TLSConnection

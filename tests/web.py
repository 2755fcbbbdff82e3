"""A real web server on this machine, for tests: what it answers is set path by path."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]


def answer(body: bytes | str = b"", status: int = 200, **headers: str) -> Answer:
    """An answer of one piece; `content_type` becomes `Content-Type`."""
    data = body.encode() if isinstance(body, str) else body

    def respond(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-").title(), value)
        request.send_header("Content-Length", str(len(data)))
        request.end_headers()
        request.wfile.write(data)

    return respond


class Site:
    """A server's address, its answers, and the paths and headers it was asked with; robots.txt is counted apart."""

    def __init__(self, port: int, answers: dict[str, Answer]) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.answers = answers
        self.asked: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.robots_asked = 0

    def note(self, request: BaseHTTPRequestHandler) -> None:
        """Remembers a request."""
        if request.path.endswith("/robots.txt"):
            self.robots_asked += 1
        else:
            self.asked.append(dict(request.headers))
            self.paths.append(request.path)


@contextmanager
def site(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A running server, stopped at the end; it speaks TLS where it is given a certificate to do so."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            here.note(self)
            here.answers.get(self.path, answer("nothing here", 404))(self)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """A client that hangs up is part of the tests."""

    server = Server(("127.0.0.1", 0), Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    here = Site(server.server_address[1], {})
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield here
    finally:
        server.shutdown()
        server.server_close()

"""A site for scans: some of its pages fail, stall, break off or redirect before they answer."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ON_TOPIC = (
    "A nerve root is the part of a spinal nerve that leaves the spinal cord.",
    "Each spinal nerve has a dorsal root and a ventral root.",
    "Most people with sciatica get better within three months.",
    "Nerve root is a natural substance that nourishes the nervous system.",
    "One visit cures sciatica for good.",
    "A slipped disc can press on a nerve root and make the leg hurt.",
)
OFF_TOPIC = (
    "The bakery on the corner opens at six and sells out by nine.",
    "A sourdough loaf needs flour, water, salt and a long night in the cold.",
    "Rain fell on the harbour while the boats were being painted.",
    "The museum shows forty maps of the coast, all drawn by hand.",
)
FILLER = (
    "window",
    "garden",
    "letter",
    "music",
    "stone",
    "river",
    "table",
    "candle",
    "market",
    "ladder",
    "bridge",
    "coat",
)


def page(number: int, sentences: int = 6) -> str:
    """Page `number`, the same each time; every second one is on topic, and no two are near copies."""
    chance = random.Random(number)
    pool = ON_TOPIC if number % 2 else OFF_TOPIC
    words = " ".join(chance.choices(FILLER, k=60))
    said = "".join(f"<p>{text}</p>" for text in chance.choices(pool, k=sentences))
    head = f"<!doctype html><html lang='en'><head><title>Page {number}</title></head>"
    return f"{head}<body><article><h1>Page {number}</h1>{said}<p>We saw {words}.</p></article></body></html>"


class Troubled:
    """Answers `/N` with page N. Which way it goes wrong first is settled by N; `/N/here` is where redirects lead."""

    def __init__(self, stall: float) -> None:
        self.stall = stall
        self.asked: Counter[str] = Counter()
        self.at_once = 0
        self.most_at_once = 0
        self._count = threading.Lock()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """One answer, by the number in the path and by how often it was asked for."""
        with self._count:
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            self._answer(request)
        finally:
            with self._count:
                self.at_once -= 1

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        path = request.path
        self.asked[path] += 1
        name = path.strip("/").split("/")[0]
        if not name.isdigit():
            return _send(request, 404, "nothing here")
        number, first = int(name), self.asked[path] == 1
        if number % 10 == 3:
            return _send(request, 404, "gone")
        if number % 10 == 5 and first:
            return _send(request, 503, "busy", ("Retry-After", "0"))
        if number % 10 == 7 and path.endswith(name):
            return _send(request, 302, "", ("Location", f"/{number}/here"))
        if number % 20 == 9 and first:
            time.sleep(self.stall)
            request.connection.close()  # breaks off
            return None
        if number % 20 == 19:
            time.sleep(self.stall / 4)
        return _send(request, 200, page(number))


def _send(request: BaseHTTPRequestHandler, status: int, body: str, *headers: tuple[str, str]) -> None:
    data = body.encode()
    request.send_response(status)
    for name, value in (("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(data))), *headers):
        request.send_header(name, value)
    request.end_headers()
    request.wfile.write(data)


@contextmanager
def troubled_sites(hosts: int, stall: float = 0.4) -> Iterator[tuple[Troubled, list[str]]]:
    """Servers on so many ports of this machine, each a host of its own, that answer alike; with their addresses."""
    troubled = Troubled(stall)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            troubled.answer(self)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 64

        def handle_error(self, *_: object) -> None:
            """A client that is killed hangs up."""

    servers = [Server(("127.0.0.1", 0), Handler) for _ in range(hosts)]
    for server in servers:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield troubled, [f"http://127.0.0.1:{server.server_address[1]}" for server in servers]
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()

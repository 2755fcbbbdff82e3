"""Programs that can be interrupted, however the tests themselves were started."""

from __future__ import annotations

import signal
import subprocess
from typing import Any


def started(*command: object, **options: Any) -> subprocess.Popen[Any]:
    """A program that hears an interruption: one started in the background would be told to ignore it."""
    arguments = [str(part) for part in command]
    return subprocess.Popen(arguments, preexec_fn=_hear, **options)


def _hear() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)

"""Runs a scan as a process and kills it, or one of its workers, at random until it comes to its end."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).parents[1]


def scan_with_kills(arguments: Sequence[str], kills: int, longest: float, seed: int = 1, workers: float = 0.5) -> Counted:
    """Starts `audit.py scan …` again and again until it was killed so often and then ended by itself."""

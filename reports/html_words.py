"""The signs that HTML reports put beside verdicts, so that none is told by its colour alone."""

from __future__ import annotations

from claims.model import Verdict

ICONS = {
    Verdict.SUPPORTED: "✓",
    Verdict.OVERSTATED: "▲",
    Verdict.UNSUPPORTED: "○",
    Verdict.REFUTED: "✕",
    Verdict.CATEGORY_ERROR: "≠",
    Verdict.UNVERIFIED: "?",
    Verdict.NOT_JUDGED: "–",
}

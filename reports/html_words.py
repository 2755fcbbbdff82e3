"""The signs and words of HTML reports: a sign beside each verdict, so that none is told by its colour alone."""

from __future__ import annotations

from auditor.model import Role
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
ROLES = {
    Role.CORE: "",
    Role.SECONDARY: "beside the article",
    Role.CAPTION: "caption",
    Role.ANSWER: "folded until opened",
    Role.CALL_TO_ACTION: "call to action",
    Role.AFFILIATE: "affiliate",
    Role.AUTHOR: "about the author",
    Role.NEWSLETTER: "newsletter",
    Role.RELATED: "related pages",
    Role.COMMENTS: "comments",
    Role.SHARE: "sharing",
    Role.COOKIE: "cookie notice",
    Role.SIDEBAR: "sidebar",
    Role.NAVIGATION: "navigation",
}

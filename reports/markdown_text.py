"""Text from a page as Markdown that shows it and does nothing else.

CommonMark 0.31, section 2.4: a backslash before ASCII punctuation makes it text.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from reports.plain import one_line

_INLINE = re.compile(r"([\\`*_{}\[\]<>&|~$^]|(?<=\s)#(?=#*$))")  # the last of these closes a heading
_NUMBERED = re.compile(r"^(\d{1,9})([.)])")
_LINKED = re.compile(r"@|#(?=\w)|:(?=//)|(?<=www)\.", re.IGNORECASE)
_JOINER = "\u2060"  # a word joiner: nothing is seen, and no address, name or number is made a link
_KEPT_IN_LINKS = "!#$%&'*+,/:;=?@-._~"


def escaped(text: str) -> str:
    """The text on one line, with all punctuation that could be markup escaped."""
    inline = _INLINE.sub(r"\\\1", one_line(text))
    return _NUMBERED.sub(r"\1\\\2", inline) if inline[:1].isdigit() else _opened(inline)


def unlinked(text: str) -> str:
    """The text escaped, and cut invisibly where a site would make a bare address, an @name or a #number a link."""
    return escaped(_LINKED.sub(lambda found: found[0] + _JOINER, one_line(text)))


def linked(text: str, address: str | None) -> str:
    """The text as a link to a web address; the text alone where there is none."""
    return f"[{escaped(text)}](<{quote(address, safe=_KEPT_IN_LINKS)}>)" if address else unlinked(text)


def _opened(text: str) -> str:
    return f"\\{text}" if text[:1] in ("#", "+", "-", "=") else text

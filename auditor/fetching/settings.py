"""How pages are fetched: what is allowed, how long things may take, how large they may be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

PRODUCT = "HealthClaimAuditor"  # the product token, by which robots.txt names us (RFC 9309, section 2.2.1)

_ABOUT = "audits health claims on nerve roots"
_CONTACT = re.compile(r"https?://[!-'*-;=?-~]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)  # no brackets, quotes by none


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """Limits and permissions of a fetcher; times are seconds. Raises ValueError for a contact that is none.

    `contact` is a web or e-mail address that site owners find in the User-Agent. `use_proxies` takes proxies from the
    environment. `seconds` is all the time that the network may take for a page, its robots.txt, redirects and retries
    included, waits for the site's sake not.
    """

    offline: bool = False
    allow_private: bool = False
    contact: str | None = None
    use_proxies: bool = False
    cache_dir: Path | None = None
    delay: float = 1.0  # between two pages of a host, where its robots.txt asks for no more
    seconds: float = 9.0
    connect_seconds: float = 5.0
    max_bytes: int = 5_000_000
    max_redirects: int = 5
    retries: int = 2
    retry_delay: float = 0.5  # before the first retry; doubles with each
    patience: float = 60.0  # the longest wait that a site may ask for

    def __post_init__(self) -> None:
        if self.contact is not None and not _CONTACT.fullmatch(self.contact):
            raise ValueError("a contact is a web address (https://…) or an e-mail address")

    @property
    def user_agent(self) -> str:
        """Who we say we are (RFC 9110, section 10.1.5)."""
        return f"{PRODUCT}/0.1 ({f'+{self.contact}; ' if self.contact else ''}{_ABOUT})"

"""Which addresses lie on the public internet."""

from __future__ import annotations

import tomllib
from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path


def is_public(text: str) -> bool:
    """True for an address on the public internet; false for a special one, and for what is no address at all."""
    try:
        address = ip_address(text)  # a scoped address (fe80::1%eth0) is link-local, and no public network holds it
    except ValueError:
        return False
    public_v6, special = _networks()
    if address.version == 6 and address not in public_v6:
        return False
    return not any(address in network for network in special)


@cache
def _networks() -> tuple[IPv4Network | IPv6Network, tuple[IPv4Network | IPv6Network, ...]]:
    said = tomllib.loads(Path(__file__).with_name("addresses.toml").read_text(encoding="utf-8"))
    return ip_network(said["public_v6"]), tuple(map(ip_network, (*said["v4"], *said["v6"])))

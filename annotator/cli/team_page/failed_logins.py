"""How many wrong tokens are borne, from an address and in all, before nobody is listened to for a while.

It keeps no more than it bears. It is about the work that strangers make: no token can be guessed.
"""

from collections import deque
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from time import monotonic

AN_ADDRESS = 10
IN_ALL = 100
WITHIN = 60.0
"""Seconds until a failure is forgotten."""

_ONE_HOUSE = 64
"""Bits of an IPv6 address that a provider gives a customer; whoever has them has all addresses that begin so."""


class FailedLogins:
    """The failures of the last minute."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """Begin with none."""
        self._clock = clock
        self._seen: deque[tuple[float, str]] = deque(maxlen=IN_ALL)

    def wait(self, address: str) -> int:
        """Give the seconds after which an address is listened to again: 0 when it is now."""
        now, house = self._clock(), _house(address)
        while self._seen and now - self._seen[0][0] >= WITHIN:
            self._seen.popleft()
        of_all = [at for at, _ in self._seen]
        of_house = [at for at, whose in self._seen if whose == house]
        waits = [
            at[-borne] + WITHIN - now for at, borne in ((of_all, IN_ALL), (of_house, AN_ADDRESS)) if len(at) >= borne
        ]
        return ceil(max(waits, default=0))

    def count(self, address: str) -> None:
        """Count a wrong token."""
        self._seen.append((self._clock(), _house(address)))


def _house(address: str) -> str:
    """Give what all addresses of one customer have in common; what is no address is as it is."""
    try:
        known = ip_address(address)
    except ValueError:
        return address[:100]
    if isinstance(known, IPv6Address) and known.ipv4_mapped is None:
        return str(ip_network((known.packed, _ONE_HOUSE), strict=False))
    return str(getattr(known, "ipv4_mapped", None) or known)

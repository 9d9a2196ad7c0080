"""Guards for addresses that a user typed: GoLive never reaches inside its own network for them."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from publishing.platforms.shape import NotSent, Rejected

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# Addresses of this network stand for IPv4 ones (RFC 6052).
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def check_address(url: str) -> None:
    """https, no credentials in it, a public host by every address its name has.

    Raises `Rejected`, or `NotSent` when the name is not known now. The name can change its mind
    afterwards, so the connection itself is asked again with `check_host`.
    """
    parts, port = _parts(url)
    trusted = settings.GOLIVE_ALLOW_LOOPBACK_PLATFORMS
    if not parts.hostname or parts.scheme not in ({"https", "http"} if trusted else {"https"}):
        raise Rejected("The address must start with https://.")
    if "@" in parts.netloc:
        raise Rejected("The address must not hold a user name or password.")
    for address in _addresses(parts.hostname, port):
        check_host(address)


def check_host(address: str) -> None:
    """Is this IP address out on the internet? Raises `Rejected` for anything inside."""
    found = _plain(ipaddress.ip_address(address.split("%")[0]))
    if settings.GOLIVE_ALLOW_LOOPBACK_PLATFORMS and found.is_loopback:
        return
    if not found.is_global or found.is_multicast or found.is_reserved:
        raise Rejected("That address leads inside a private network.")


def _parts(url: str) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(url)
        return parts, parts.port or 443
    except ValueError as error:
        raise Rejected("That is not the address of a website.") from error


def _plain(address: _Address) -> _Address:
    """The IPv4 address that an IPv6 one stands for, where it does."""
    if not isinstance(address, ipaddress.IPv6Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    inner = address.ipv4_mapped or address.sixtofour
    if address.teredo is not None:
        inner = address.teredo[1]
    return inner or address


def _addresses(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotSent("The website could not be found. Check its address.") from error
    return [str(entry[4][0]) for entry in found]

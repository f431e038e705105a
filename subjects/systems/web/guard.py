"""Connects to nothing but what the list of systems means: no detour to other hosts.

An API's answer, or a name server, must not lead us to a host inside the house (SSRF):
the address that a name stands for is looked at before we connect to that very one.
"""

import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

import httpcore

Host = IPv4Address | IPv6Address


class ForbiddenHostError(Exception):
    """A name stands for an address to which we must not connect."""


class GuardedBackend(httpcore.SyncBackend):
    """Connects by name, to addresses that may be connected to."""

    def __init__(self, *, may_be_private: bool) -> None:
        super().__init__()
        self._may_be_private = may_be_private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of `host`, if each of them may be met.

        Raises:
            ForbiddenHostError: one of them may not.

        """
        addresses = _addresses(host, port)
        for address in addresses:
            if not self._may_meet(address):
                raise ForbiddenHostError
        return super().connect_tcp(
            str(addresses[0]), port, timeout, local_address, socket_options
        )

    def _may_meet(self, address: Host) -> bool:
        # Link-local addresses hold the secrets of cloud machines: never.
        if address.is_link_local or address.is_multicast or address.is_unspecified:
            return False
        return self._may_be_private or address.is_global


def _addresses(host: str, port: int) -> list[Host]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise httpcore.ConnectError(str(error)) from error
    return [_plain(ip_address(str(one[4][0]).partition("%")[0])) for one in found]


def _plain(address: Host) -> Host:
    """Return the IPv4 address that is written as an IPv6 one."""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address

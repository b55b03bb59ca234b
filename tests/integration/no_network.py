"""Ends this process as soon as anything in it asks for the network; to be called before what is watched begins."""

from __future__ import annotations

import os
import socket
import sys

TOUCHED_NETWORK = 70
"""The exit code."""

_ASKS = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.connect", "socket.sendto"})
_NETWORKS = frozenset({socket.AF_INET, socket.AF_INET6})


def forbid_network() -> None:
    """No code can take this back, or catch what it does: audit hooks stay, and nothing is raised."""
    sys.addaudithook(_end)


def _end(event: str, arguments: tuple[object, ...]) -> None:
    # An event loop talks to itself through a pair of local sockets.
    if event in _ASKS or (event == "socket.__new__" and arguments[1] in _NETWORKS):
        os._exit(TOUCHED_NETWORK)

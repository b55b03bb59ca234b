"""Judges the files named on standard input, one JSON line each, in a process that may hang or die: the tests do not.

It has 1 GB and ten seconds of its own for each file, and ends where anything asks for the network.
"""

from __future__ import annotations

import json
import logging
import resource
import sys
from math import ceil
from pathlib import Path
from time import process_time

from signing.report_json import file_as_json
from signing.trust import TrustAnchors
from signing.verification import verify_file
from tests.integration.no_network import forbid_network

_MEMORY_BYTES = 1 << 30
_FILE_S = 10


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    logging.disable(logging.CRITICAL)
    forbid_network()
    for line in sys.stdin:
        # Of its own: other work on the machine does not count.
        resource.setrlimit(resource.RLIMIT_CPU, (ceil(process_time()) + _FILE_S, -1))
        report = verify_file(Path(line.rstrip("\n")), TrustAnchors())
        sys.stdout.write(json.dumps(file_as_json(report)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

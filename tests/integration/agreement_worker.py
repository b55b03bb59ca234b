"""What pyHanko alone says of the files named on standard input, one word a line: as its command line, trust aside."""

from __future__ import annotations

import logging
import resource
import sys
from pathlib import Path
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

_MEMORY_BYTES = 2 << 30


def said_by_pyhanko(path: Path) -> str:
    """`valid` or `invalid` by all its signatures, `unsigned`, or `unchecked` where it raises anything."""
    try:
        with path.open("rb") as stream:
            signatures = PdfFileReader(stream).embedded_regular_signatures
            statuses = [_status(signature) for signature in signatures]
    except Exception:  # noqa: BLE001 - what its command line shows as an error, whatever it is
        return "unchecked"
    if not statuses:
        return "unsigned"
    sound = all(item.intact and item.valid and item.docmdp_ok for item in statuses)
    return "valid" if sound else "invalid"


def _status(signature: Any) -> Any:
    context = ValidationContext(trust_roots=[], allow_fetching=False)
    return validate_pdf_signature(signature, context)


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    logging.disable(logging.CRITICAL)
    for line in sys.stdin:
        sys.stdout.write(said_by_pyhanko(Path(line.rstrip("\n"))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

"""Says whether what was added to a signed file serves its validation alone: time stamps and validation data."""

from __future__ import annotations

from pathlib import Path

from signing.embedded import find_signatures
from signing.errors import SigningError
from signing.file_bytes import file_bytes
from signing.reading import open_for_reading
from signing.revision_steps import StepReader
from signing.terms import Verdict
from signing.trust import TrustAnchors
from signing.verification import verify_file


def is_pure_extension(base: Path, whole: Path) -> bool:
    """Say whether `whole` adds to the signed file `base` no more than time stamps and validation data, all sound.

    Whether it begins with the base's bytes is for the caller to say. Anything that cannot be read is no extension.

    Source: ETSI EN 319 142-1, clauses 5.4 and 5.5.
    """
    try:
        with file_bytes(base) as source:
            reader = open_for_reading(source)
            revisions = int(reader.total_revisions)
            is_signed = any(item.signature is not None for item in find_signatures(reader))
        with file_bytes(whole) as source:
            reader = open_for_reading(source)
            steps, added = StepReader(reader), range(revisions, int(reader.total_revisions))
            found = [steps.findings(number) for number in added]
    except (SigningError, OSError):
        return False
    serves = all(item.long_term and not item.forbidden for step in found for item in step)
    if not (is_signed and serves and found and all(found)):
        return False
    report = verify_file(whole, TrustAnchors())
    return all(item.verdict is not Verdict.INVALID for item in report.signatures)

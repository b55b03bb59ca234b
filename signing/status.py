"""What is known of a signer's certificate before it signs: frozen, engine-free."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CertificateStatus:
    """The status of a certificate at a moment, and the data that it rests on (DER), which are evidence later.

    `revocation` is "good", "revoked" or "unknown", `trusted` whether a path leads to a trust anchor. `usable_until` is
    when the first of the answers goes out of date (nextUpdate; RFC 6960, 4.2.2.1, RFC 5280, 5.1.2.5), None where
    nothing says it.
    """

    revocation: str
    trusted: bool
    checked_at: datetime
    usable_until: datetime | None = None
    certificates: tuple[bytes, ...] = field(default=(), repr=False)
    crls: tuple[bytes, ...] = field(default=(), repr=False)
    ocsps: tuple[bytes, ...] = field(default=(), repr=False)

"""Names that the trust store's folder and its readers agree on; quick to import."""

from __future__ import annotations

CACHE = "trust-cache"
"""The folder for what proves itself: issuing certificates and CRLs. Nothing in it is ever an anchor."""
FETCHED = "fetched"
IMPORTED = "imported"
CERTIFICATE_SUFFIX = ".cer"
LIST_SUFFIX = ".crl"
ANSWER_SUFFIX = ".ocsp"
SHA256_DIGITS = 64

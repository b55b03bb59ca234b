"""Options of the commands about what is kept on this machine: trust store, key files, evidence of signatures."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_trust(parser: argparse.ArgumentParser) -> None:
    """Add the options of `trinhky trust`."""
    parser.add_argument("action", choices=("list", "check", "add", "disable", "enable", "remove"))
    parser.add_argument(
        "what",
        nargs="?",
        type=Path,
        metavar="FILE|SHA256",
        help="PEM, DER, PKCS#7 or ZIP to add; the certificate to disable, enable or remove",
    )
    parser.add_argument(
        "--yes", action="store_true", help="the fingerprint was compared already: do not ask for it"
    )
    parser.add_argument(
        "--fingerprint",
        action="append",
        default=[],
        metavar="SHA",
        help="of a file with several certificates add this one, do not ask (SHA-256 or SHA-1; may be repeated)",
    )
    parser.add_argument(
        "--not-as-published",
        metavar="SHA256",
        help="add it although it bears the name of the authority with this published fingerprint and is not it",
    )


def add_keys(parser: argparse.ArgumentParser) -> None:
    """Add the options of `trinhky keys`."""
    parser.add_argument("action", nargs="?", choices=("list", "add", "remove"), default="list")
    parser.add_argument(
        "what", nargs="?", metavar="FILE|SHA256", help=".p12 or .pfx to add; what to remove"
    )


def add_evidence(parser: argparse.ArgumentParser) -> None:
    """Add the options of `trinhky evidence`."""
    parser.add_argument("action", choices=("list", "export", "delete"))
    parser.add_argument(
        "what",
        nargs="?",
        metavar="SHA256|ID",
        help="a signed file by its hash, or a document by its id",
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="folder to write it into")
    parser.add_argument(
        "--yes", action="store_true", help="delete for good; the journal notes that it was done"
    )

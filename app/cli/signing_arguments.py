"""Options of the commands that sign, and of those that share some with them."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import get_args

from app.cli import option_values
from app.rules import CopyForm

KINDS = ("personal", "initial", "seal", "attachment", "incoming", "copy", "number")


def add_sign(parser: argparse.ArgumentParser) -> None:
    """Add the options of `trinhky sign`."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--kind", required=True, choices=KINDS)
    parser.add_argument(
        "--out", type=Path, metavar="F", help="result of one file (else FILE.signed.pdf)"
    )
    parser.add_argument(
        "--out-dir", type=Path, metavar="DIR", help="folder of the results of a batch"
    )
    parser.add_argument("--batch", action="store_true", help="many files, one PIN")
    parser.add_argument(
        "--image", type=Path, metavar="PNG", help="what the signature shows (else text)"
    )
    parser.add_argument("--signer", metavar="NAME", help="the name in the signer's block")
    parser.add_argument(
        "--box",
        type=option_values.box,
        metavar="PAGE:L,T,R,B",
        help="place in mm instead of the proposed one",
    )
    parser.add_argument(
        "--blank",
        action="append",
        default=[],
        type=option_values.blank,
        metavar="NAME=PAGE:L,T,R,B",
        help="place the blank of number, day, month or year yourself, say on a scan",
    )
    parser.add_argument(
        "--number", type=option_values.number, metavar="N", help="số, filled in by the seal"
    )
    parser.add_argument(
        "--date", type=date.fromisoformat, metavar="DATE", help="date of issue, ISO 8601"
    )
    parser.add_argument("--symbol", metavar="S", help="ký hiệu, for the text on an attachment")
    parser.add_argument(
        "--form",
        choices=get_args(CopyForm),
        default="sao_y",
        help="hình thức sao of a copy (else sao_y)",
    )
    parser.add_argument(
        "--opinion",
        metavar="FILE|-",
        help="what a level of an internal form says: UTF-8 text from a file or standard input",
    )
    parser.add_argument(
        "--opinion-level",
        type=option_values.level,
        metavar="N",
        help="the level of the form that signs, from 1; without --opinion it agrees",
    )
    parser.add_argument("--certificate", metavar="ID", help="CKA_ID or SHA-256 fingerprint")
    parser.add_argument(
        "--module", action="append", default=[], metavar="PATH", help="PKCS#11 module to try first"
    )
    parser.add_argument("--token", metavar="SERIAL", help="serial number of the token")
    parser.add_argument("--level", choices=("B-B", "B-T", "B-LT", "B-LTA"), default="B-B")
    parser.add_argument(
        "--digest", choices=("sha256", "sha384", "sha512"), help="else the one that fits the key"
    )
    parser.add_argument(
        "--pss", action="store_true", help="RSASSA-PSS in place of RSASSA-PKCS1-v1_5"
    )
    add_tsa(parser)
    parser.add_argument("--profile", metavar="P")
    parser.add_argument("--trust", action="append", default=[], type=Path, metavar="FILE-OR-DIR")
    parser.add_argument("--reason", metavar="TEXT", help="reason stored in the signature")
    parser.add_argument("--last-try", action="store_true", help="spend the last PIN try")
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would happen, ask for no PIN"
    )
    add_mending(parser)


def add_mending(parser: argparse.ArgumentParser) -> None:
    """Add what may be done to a draft before it is signed."""
    parser.add_argument(
        "--repair",
        action="store_true",
        help="rewrite a damaged file without signatures as it is shown",
    )
    parser.add_argument(
        "--flatten", action="store_true", help="make the draft's own fields part of its pages"
    )


def add_tsa(parser: argparse.ArgumentParser) -> None:
    """Add the time stamping authorities."""
    parser.add_argument(
        "--tsa",
        action="append",
        default=[],
        metavar="URL",
        help="time stamping authority (RFC 3161); given again, the next to ask",
    )

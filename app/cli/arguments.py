"""The commands and their options. `--help` of each ends with an example."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

from app.cli import option_values
from app.cli.kept_arguments import add_evidence, add_keys, add_trust
from app.cli.signing_arguments import KINDS, add_mending, add_sign, add_tsa
from app.cli.terminal import EXIT_USAGE

PICTURED = ("personal", "initial", "seal")
"""Kinds that show a picture."""


class Parser(argparse.ArgumentParser):
    """Exits with 64 on wrong usage (sysexits: EX_USAGE), as the commands promise."""

    takes_any_order = False
    """Whether options may stand between the positional arguments, of which the last may be left out."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse what is known, in any order where the command `takes_any_order`."""
        if not self.takes_any_order:
            return super().parse_known_args(args, namespace)
        self.takes_any_order = False  # it calls this method itself
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self.takes_any_order = True

    def error(self, message: str) -> NoReturn:
        """Print the usage and the reason on standard error and leave."""
        self.print_usage(sys.stderr)
        self.exit(EXIT_USAGE, f"{self.prog}: {message}\n")


Commands: TypeAlias = "argparse._SubParsersAction[Parser]"  # noqa: SLF001 - it has no public name


def build_parser() -> Parser:
    """Return the parser of the whole command line."""
    parser = Parser(
        prog="trinhky",
        description="Ký số, đóng dấu và kiểm tra văn bản điện tử. Signs, seals and verifies official documents.",
        epilog="Without a command the window opens.",
    )
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", parser_class=Parser, required=True
    )
    for add in (
        _open,
        _verify,
        _place,
        _prepare,
        _print,
        _image,
        _sign,
        _extend,
        _tokens,
        _doctor,
        _rules,
        _login,
        _logout,
        _queue,
        _signers,
        _trust,
        _keys,
        _evidence,
        _demo,
    ):
        add(commands)
    return parser


def _trust(commands: Commands) -> None:
    parser = _command(
        commands,
        "trust",
        "List or check the root and issuing certificates that this machine believes and the revocation lists that it "
        "has; add some, disable, enable or remove what was added. A certificate is shown first, compared with the "
        "published fingerprints, and kept once its own is typed.",
        "trinhky trust add root-ca.cer",
    )
    parser.takes_any_order = True
    add_trust(parser)


def _keys(commands: Commands) -> None:
    parser = _command(
        commands,
        "keys",
        "List the PKCS#12 files that sign as tokens do, add one or remove one. The password is read from standard "
        "input to look into the file once; neither it nor the key is kept.",
        "trinhky keys add office.p12 < password",
    )
    parser.takes_any_order = True
    add_keys(parser)


def _evidence(commands: Commands) -> None:
    parser = _command(
        commands,
        "evidence",
        "List what is kept of each signature made here (certificate, its status, CRL and OCSP answers), write it out, "
        "or delete it.",
        "trinhky evidence export 3f0a… --out evidence",
    )
    parser.takes_any_order = True
    add_evidence(parser)


def _command(commands: Commands, name: str, text: str, example: str) -> Parser:
    parser = commands.add_parser(
        name,
        help=text,
        description=text,
        epilog=f"Example:\n  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--lang", choices=("vi", "en"), help="language of the output (else the locale's)"
    )
    parser.add_argument(
        "--json", action="store_true", help="print one JSON document on standard output"
    )
    return parser


def _open(commands: Commands) -> None:
    parser = _command(
        commands,
        "open",
        "Open the window, showing and checking a file, or all PDF files below a folder.",
        "trinhky open letter.pdf",
    )
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE-OR-DIR")


def _verify(commands: Commands) -> None:
    parser = _command(
        commands,
        "verify",
        "Check the signatures of files, and of the PDF files below folders, offline unless asked otherwise.",
        "trinhky verify received-folder --trust ca-folder --report report.pdf --summary table.csv",
    )
    parser.add_argument("files", nargs="+", metavar="FILE-OR-DIR")
    parser.add_argument(
        "--report", type=Path, metavar="PDF", help="write the report for the printer"
    )
    parser.add_argument(
        "--summary", type=Path, metavar="CSV", help="write a table for a spreadsheet, a row a file"
    )
    parser.add_argument(
        "--yes", action="store_true", help="replace a report or table that is there already"
    )
    parser.add_argument("--trust", action="append", default=[], type=Path, metavar="FILE-OR-DIR")
    parser.add_argument("--profile", metavar="P", help="rule profile whose demands count")
    parser.add_argument(
        "--online", action="store_true", help="fetch revocation data over the network"
    )
    parser.add_argument(
        "--at", type=option_values.moment, metavar="TIME", help="judge as of this time (RFC 3339)"
    )


def _place(commands: Commands) -> None:
    parser = _command(
        commands,
        "place",
        "Propose the places of a signature, the number or the date on a draft.",
        'trinhky place draft.pdf --kind personal --signer "Nguyễn Văn A" --json',
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--kind", required=True, choices=(*KINDS, "date"))
    parser.add_argument("--signer", metavar="NAME", help="the name in the signer's block")
    parser.add_argument("--profile", metavar="P", help="rule profile")


def _prepare(commands: Commands) -> None:
    parser = _command(
        commands,
        "prepare",
        "Add the empty fields of number and date, or of a form's opinions, to an unsigned draft. "
        "A Word file is converted to PDF first.",
        "trinhky prepare draft.pdf --out prepared.pdf",
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--out", required=True, type=Path, metavar="F")
    parser.add_argument("--profile", metavar="P")
    add_mending(parser)


def _print(commands: Commands) -> None:
    parser = _command(
        commands,
        "print",
        "Write a PDF for the printer: signed and numbered without the seal, or as it was issued.",
        "trinhky print letter.pdf --number 05 --date 2026-11-22 --out for-ink.pdf",
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--out", required=True, type=Path, metavar="F")
    parser.add_argument(
        "--what",
        choices=("numbered", "issued"),
        help="which print (else the one of the rule profile's paper archive)",
    )
    parser.add_argument(
        "--number", type=option_values.number, metavar="N", help="số, while it is not sealed"
    )
    parser.add_argument(
        "--date", type=date.fromisoformat, metavar="DATE", help="date of issue, ISO 8601"
    )
    parser.add_argument("--profile", metavar="P")
    parser.add_argument("--trust", action="append", default=[], type=Path, metavar="FILE-OR-DIR")


def _image(commands: Commands) -> None:
    parser = _command(
        commands,
        "image",
        "Take a signature, a ký nháy or a seal from a photo or a scan: paper away, ink checked, cropped, in mm.",
        "trinhky image photo.jpg --kind seal --out seal.png --json",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="PNG or JPEG")
    parser.add_argument("--kind", required=True, choices=PICTURED)
    parser.add_argument("--out", required=True, type=Path, metavar="F.png")
    parser.add_argument(
        "--width-mm",
        type=option_values.length,
        metavar="MM",
        help="how wide the ink is, where the file does not say",
    )
    parser.add_argument("--profile", metavar="P", help="rule profile whose ink and sizes count")


def _sign(commands: Commands) -> None:
    parser = _command(
        commands,
        "sign",
        "Sign or seal files with a token. The PIN is read from standard input.",
        "trinhky sign --kind seal --number 05 --date 2026-11-22 --image seal.png letter.pdf --out issued.pdf < pin",
    )
    add_sign(parser)


def _extend(commands: Commands) -> None:
    parser = _command(
        commands,
        "extend",
        "Bring a signed file to a higher PAdES level: time stamp and validation data, added behind what is there.",
        "trinhky extend letter.pdf --level B-LT --tsa http://tsa.ca.gov.vn --out letter-lt.pdf",
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--out", required=True, type=Path, metavar="F")
    parser.add_argument("--level", choices=("B-T", "B-LT", "B-LTA"), default="B-LT")
    add_tsa(parser)
    parser.add_argument("--trust", action="append", default=[], type=Path, metavar="FILE-OR-DIR")


def _tokens(commands: Commands) -> None:
    parser = _command(
        commands,
        "tokens",
        "List PKCS#11 modules, tokens and certificates.",
        "trinhky tokens --json",
    )
    parser.add_argument(
        "--module", action="append", default=[], metavar="PATH", help="module to try first"
    )


def _doctor(commands: Commands) -> None:
    parser = _command(
        commands, "doctor", "Check that this machine is ready to sign.", "trinhky doctor --json"
    )
    parser.add_argument(
        "--module", action="append", default=[], metavar="PATH", help="module to try first"
    )
    parser.add_argument(
        "--test-signature",
        action="store_true",
        help="sign an empty page for trial, check it, throw it away; the PIN is read on standard input",
    )
    parser.add_argument(
        "--certificate", metavar="ID", help="CKA_ID or SHA-256 to test, where several can sign"
    )
    parser.add_argument(
        "--report",
        action="store_true",
        help="print what may be passed on: no names of persons, serials, user names, credentials",
    )


def _rules(commands: Commands) -> None:
    parser = _command(
        commands,
        "rules",
        "List the rule profiles with the legal texts they rest on and what they ask for.",
        "trinhky rules nd30-2020 --json",
    )
    parser.add_argument("profile", nargs="?", metavar="P", help="this profile alone")


def _login(commands: Commands) -> None:
    parser = _command(
        commands,
        "login",
        "Sign in to the document server, in the browser or with a code.",
        "trinhky login --server https://qlvb.example.gov.vn",
    )
    parser.add_argument("--server", metavar="URL", help="document server (else the settings')")
    parser.add_argument(
        "--device", action="store_true", help="show a code instead of opening a browser"
    )


def _logout(commands: Commands) -> None:
    parser = _command(commands, "logout", "Sign out and forget the account.", "trinhky logout")
    parser.add_argument("--server", metavar="URL")


def _queue(commands: Commands) -> None:
    parser = _command(
        commands, "queue", "List what waits for me on the document server.", "trinhky queue --json"
    )
    parser.add_argument("--server", metavar="URL")
    parser.add_argument(
        "--queue", choices=("to_initial", "to_sign", "to_issue", "incoming", "received")
    )
    parser.add_argument(
        "--refresh-token-stdin", action="store_true", help="sign in with a refresh token"
    )


def _signers(commands: Commands) -> None:
    parser = _command(
        commands,
        "signers",
        "List the authorised signers and agencies that the document server has named.",
        "trinhky signers --json",
    )
    parser.add_argument("--remove", metavar="SHA-256", help="remove this certificate's entry")


def _demo(commands: Commands) -> None:
    parser = _command(
        commands,
        "demo",
        "Start the demo office and open the window on it, or play its day without one.",
        "trinhky demo --headless --out demo-office",
    )
    parser.add_argument(
        "--headless", action="store_true", help="play the office's day without a window"
    )
    parser.add_argument("--out", type=Path, metavar="DIR", default=Path("demo-office"))
    parser.add_argument(
        "--drafts", type=option_values.count, metavar="N", default=0, help="this many more drafts"
    )
    parser.add_argument(
        "--resume", action="store_true", help="go on with the office's day found in DIR"
    )
    parser.add_argument("--profile", metavar="P", help="rule profile of the demo office")

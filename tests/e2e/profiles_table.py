"""`python -m tests.e2e.profiles_table --out DIR`: what each office's signatures look like, by profile and kind.

Plays the office's day under every profile into `DIR/PROFILE`, unless it lies there already, and writes
`DIR/table.html` (a page for each profile and kind, every place in millimetres) and a contact sheet for each profile.
"""

from __future__ import annotations

import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from PIL import Image, ImageDraw

from app.rules import profile_ids
from pdf.geometry import BoxMm
from signing.fields import look
from signing.terms import SignatureKind, kind_of_field
from tests.e2e.measuring import box_of, overlap, page_picture
from tests.e2e.test_day import play
from tests.integration.signing.office import told

DPI = 80
SHEET_WIDTH_PX = 420
OPINIONS = "phieu-trinh"
"""The demo office's form on which each level says something."""


@dataclass(frozen=True)
class Row:
    """One signature of an issued file; `overlap` is a seal's over the signature that it belongs to."""

    profile_id: str
    kind: str
    path: Path
    field: str
    page: int
    box: BoxMm
    overlap: float | None
    valid: bool

    @property
    def picture(self) -> str:
        """File name of the page's picture."""
        return f"{self.profile_id}-{self.path.stem}-{self.page}.png"


def rows_of(profile_id: str, folder: Path) -> Iterator[Row]:
    """Measure every signature that an office issued, the plainest files first."""
    issued = sorted((folder / "issued").glob("*/*.pdf"), key=lambda path: (len(path.stem), path))
    for path in issued:
        names = [item.name for item in look(path).signatures if item.box is not None]
        placed = {name: box_of(path, name) for name in names}
        said = told("pdfsig", "-nocert", path)
        valid = said.count("Signature is Valid.") == said.count("Signature Validation:")
        for name, (page, box) in placed.items():
            kind = kind_of_field(name)
            covered = [
                overlap(box, other)
                for beside, (on, other) in placed.items()
                if on == page and kind_of_field(beside) is SignatureKind.PERSONAL
            ]
            is_level = path.parent.name == OPINIONS
            yield Row(
                profile_id,
                "opinion" if is_level else kind.value,
                path,
                name,
                page,
                box,
                max(covered, default=0.0) if kind is SignatureKind.SEAL else None,
                valid,
            )


def shown(rows: Sequence[Row]) -> dict[str, Row]:
    """Return one row for each kind: the one whose page is shown."""
    first: dict[str, Row] = {}
    for row in rows:
        first.setdefault(row.kind, row)
    return first


def write_sheet(rows: Sequence[Row], out: Path) -> None:
    """Put the pages of one profile side by side, the kind above each."""
    pages = [(row.kind, Image.open(out / row.picture)) for row in shown(rows).values()]
    height_px = max(page.height * SHEET_WIDTH_PX // page.width for _, page in pages) + 20
    sheet = Image.new("RGB", (SHEET_WIDTH_PX * len(pages), height_px), "white")
    for index, (kind, page) in enumerate(pages):
        smaller = page.resize((SHEET_WIDTH_PX, page.height * SHEET_WIDTH_PX // page.width))
        sheet.paste(smaller, (index * SHEET_WIDTH_PX, 20))
        ImageDraw.Draw(sheet).text((index * SHEET_WIDTH_PX + 6, 4), kind, fill="black")
    sheet.save(out / f"{rows[0].profile_id}.png", optimize=True)


def table_row(row: Row) -> str:
    box = row.box
    cells = (
        row.profile_id,
        row.kind,
        f"{row.path.name}, {row.page}",
        row.field,
        f"{box.left_mm:.1f}",
        f"{box.top_mm:.1f}",
        f"{box.width_mm:.1f} × {box.height_mm:.1f}",
        "" if row.overlap is None else f"{row.overlap:.2f}",
        "valid" if row.valid else "NOT VALID",
    )
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"


def write_table(rows: Sequence[Row], out: Path) -> None:
    """Write the table and below it, for each profile, a page of each kind."""
    heads = (
        *("profile", "kind", "file, page", "field", "left mm", "top mm"),
        *("size mm", "overlap", "pdfsig"),
    )
    parts = [
        "<!doctype html><meta charset=utf-8><title>Profile × kind</title>",
        "<style>body{font:14px sans-serif}td,th{padding:2px 8px;text-align:left}img{width:420px;border:1px solid #bbb}"
        "figure{display:inline-block;margin:4px}</style>",
        "<table><tr>" + "".join(f"<th>{head}</th>" for head in heads) + "</tr>",
        *(table_row(row) for row in rows),
        "</table>",
    ]
    for profile_id in dict.fromkeys(row.profile_id for row in rows):
        parts.append(f"<h2>{profile_id}</h2>")
        mine = [row for row in rows if row.profile_id == profile_id]
        parts += [
            f'<figure><img src="{row.picture}" alt=""><figcaption>{row.kind}</figcaption></figure>'
            for row in shown(mine).values()
        ]
    (out / "table.html").write_text("\n".join(parts), encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """Play, measure and draw; the exit code is 0 only if every day ended well and every file is valid."""
    parser = ArgumentParser(prog="python -m tests.e2e.profiles_table", description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    out: Path = parser.parse_args(arguments).out
    everything: list[Row] = []
    ended_well = True
    for profile_id in profile_ids():
        folder = out / profile_id
        if not (folder / "issued").is_dir():
            folder.parent.mkdir(parents=True, exist_ok=True)
            ended_well &= play(folder, "--profile", profile_id).exit_code == 0
        rows = list(rows_of(profile_id, folder))
        with tempfile.TemporaryDirectory() as aside:
            for row in shown(rows).values():
                picture = page_picture(row.path, row.page, Path(aside), DPI)
                picture.save(out / row.picture, optimize=True)
        write_sheet(rows, out)
        everything += rows
    write_table(everything, out)
    return 0 if ended_well and all(row.valid for row in everything) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

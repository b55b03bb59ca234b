"""`python -m tests.placement`: makes a bed, judges it, prints the scores, class by class."""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from tests.placement.bed import Sheet, make_bed
from tests.placement.judge import ASPECTS, Fault, judge_all
from tests.placement.poppler import FONTS


def main() -> None:
    """Print the table, and every fault below it."""
    parser = argparse.ArgumentParser(prog="python -m tests.placement", description=__doc__)
    parser.add_argument("--count", type=int, default=240, help="how many letters")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other letters")
    parser.add_argument(
        "--font", default="Times New Roman", choices=FONTS, help="the letters' font"
    )
    parser.add_argument("--keep", type=Path, help="an empty folder to leave the letters in")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        sheets = make_bed(folder, asked.count, asked.seed, asked.font)
        results = list(zip(sheets, judge_all(sheets), strict=True))
    _print_table(results)
    for sheet, faults in results:
        for aspect, fault in faults:
            print(f"{sheet.path.name} {sheet.case.label}: {aspect}: {fault}")


def _print_table(results: Sequence[tuple[Sheet, list[Fault]]]) -> None:
    classes: dict[str, list[list[Fault]]] = defaultdict(list)
    for sheet, faults in results:
        classes[sheet.case.label].append(faults)
    print(f"{'letters without a fault in':30}" + "".join(f"{aspect:>12}" for aspect in ASPECTS))
    for label, judged in [*classes.items(), ("all", [faults for _, faults in results])]:
        print(f"{label:30}" + "".join(f"{_share(judged, aspect):>12}" for aspect in ASPECTS))


def _share(judged: Sequence[list[Fault]], aspect: str) -> str:
    good = sum(all(fault[0] != aspect for fault in faults) for faults in judged)
    return f"{good}/{len(judged)}"


if __name__ == "__main__":
    main()

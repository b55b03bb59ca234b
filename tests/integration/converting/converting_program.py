"""A program that converts with a given program until it is killed."""

from __future__ import annotations

import sys
from pathlib import Path

from app.workers.convert import ConvertClient

if __name__ == "__main__":
    with ConvertClient(Path(sys.argv[1])) as converter:
        converter.convert(Path(sys.argv[2]), Path(sys.argv[2]).with_name("out.pdf")).result()

"""The pictures of signatures, ký nháy and seals, taken in from photos and scans by the office's rules."""

from __future__ import annotations

from pathlib import Path

from app.errors import AppError
from app.rules import RuleProfile
from app.workflow.office import Workbench
from signing.intake.records import InkRule, TakenImage
from signing.terms import SignatureKind

PICTURED = (SignatureKind.PERSONAL, SignatureKind.INITIAL, SignatureKind.SEAL)
"""Kinds that show a picture of their own."""


def ink_rule(profile: RuleProfile, kind: SignatureKind) -> InkRule:
    """Return what the office's rules want of a picture: its ink and the place that it is drawn into."""
    if kind is SignatureKind.SEAL:
        diameter_mm = profile.seal.diameter_mm
        return InkRule(profile.seal.ink, diameter_mm, diameter_mm, is_round=True)
    place = profile.initial if kind is SignatureKind.INITIAL else profile.personal
    return InkRule(profile.personal.ink, place.width_mm, place.height_mm)


def take_picture(
    bench: Workbench, source: Path, out: Path, kind: SignatureKind, width_mm: float | None = None
) -> TakenImage:
    """Take a picture in: paper away, ink checked, cropped, in millimetres, as a PNG with transparency at `out`.

    Args:
        bench: its process does it, by its rules.
        source: PNG or JPEG.
        out: new.
        kind: one of `PICTURED`.
        width_mm: how wide the ink is in truth, where the picture does not say.

    Raises:
        AppError: `image.no_file`; the worker's.
        SigningError: as `signing.intake.taking.take_image`.
    """
    if not source.is_file():
        raise AppError("image.no_file", path=str(source))
    assert bench.images is not None
    return bench.images.take(source, out, ink_rule(bench.profile, kind), width_mm).result()

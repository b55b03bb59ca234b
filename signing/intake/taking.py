"""Takes the picture of a signature or a seal: ink without paper, cropped, in its size, as a PNG with transparency.

Source: Decree 30/2020, Annex I, II.7 d (blue, transparent) and II.8 a (red, real size, transparent).
"""

from __future__ import annotations

import errno
from pathlib import Path

from PIL import Image

from signing.errors import SigningError
from signing.intake.ink import InkLayer, ink_of, share_of
from signing.intake.opened import open_scan
from signing.intake.outline import bounds, roundness, without_specks
from signing.intake.records import InkRule, TakenImage

MM_PER_INCH = 25.4
_MARGIN_SHARE = 0.02
_LEAST_DPI, _FINE_DPI = 120.0, 200.0
_WRONG_SHARE, _DOUBTFUL_SHARE = 0.5, 0.8
_LEAST_ROUND, _DOUBTFUL_ROUND = 0.88, 0.95
_DIAMETER_OFF_MM = 1.0
_SIZE_OFF = 1.5
"""Real ink so many times larger than its place is drawn smaller, and told."""


def take_image(
    source: Path, out: Path, rule: InkRule, *, width_mm: float | None = None
) -> TakenImage:
    """Take a picture in.

    Args:
        source: a photo or a scan, PNG or JPEG, of ink on paper of any colour, in any light; or a PNG with transparency.
        out: new PNG.
        rule: what the office wants.
        width_mm: how wide the ink is in truth, where the picture does not say.

    Raises:
        SigningError: `image.unreadable`, `image.too_large`, `image.too_small`, `image.empty`, `image.no_paper`,
            `image.wrong_ink`, `image.not_round`, `image.not_written`. Nothing is left at `out` then.
    """
    scan = open_scan(source)
    layer = ink_of(scan.image)
    cover = without_specks(layer.cover)
    box = bounds(cover)
    share = share_of(InkLayer(cover, layer.colour), rule.ink)
    if share < _WRONG_SHARE:
        raise SigningError("image.wrong_ink", ink="ink." + rule.ink, share=round(100 * share))
    round_by = roundness(cover.crop(box)) if rule.is_round else None
    if round_by is not None and round_by < _LEAST_ROUND:
        raise SigningError("image.not_round", roundness=round(100 * round_by))
    image = Image.merge("RGBA", (*layer.colour.split(), cover)).crop(_framed(box, rule, cover.size))
    ink_px = (box[2] - box[0], box[3] - box[1])
    known_dpi = ink_px[0] / width_mm * MM_PER_INCH if width_mm else scan.dpi
    dpi = known_dpi or _drawn_dpi(image.size, rule)
    _refuse_coarse(image.size, rule)
    _write(image, dpi, out)
    notes = (
        *_doubts(share, round_by),
        *(("image.coarse",) if _drawn_dpi(image.size, rule) < _FINE_DPI else ()),
        *_size_notes(rule, image.size, ink_px, known_dpi),
    )
    return TakenImage(
        path=out,
        width_px=image.width,
        height_px=image.height,
        width_mm=round(image.width / dpi * MM_PER_INCH, 2),
        height_mm=round(image.height / dpi * MM_PER_INCH, 2),
        dpi=round(dpi, 2),
        is_size_known=known_dpi is not None,
        ink_share=round(share, 3),
        diameter_mm=round(max(ink_px) / dpi * MM_PER_INCH, 2) if rule.is_round else None,
        roundness=None if round_by is None else round(round_by, 3),
        notes=notes,
    )


def _framed(
    box: tuple[int, int, int, int], rule: InkRule, size: tuple[int, int]
) -> tuple[int, int, int, int]:
    """A seal fills its picture, a square: it is drawn in its real size. Other ink gets a small margin."""
    left, top, right, bottom = box
    if rule.is_round:
        side = max(right - left, bottom - top)
        left -= (side - (right - left)) // 2
        top -= (side - (bottom - top)) // 2
        return left, top, left + side, top + side
    margin = max(2, round(_MARGIN_SHARE * max(right - left, bottom - top)))
    width, height = size
    return (
        max(0, left - margin),
        max(0, top - margin),
        min(width, right + margin),
        min(height, bottom + margin),
    )


def _drawn_dpi(size: tuple[int, int], rule: InkRule) -> float:
    """The resolution at which a picture will be drawn, fitted into its place."""
    return max(size[0] / rule.width_mm, size[1] / rule.height_mm) * MM_PER_INCH


def _refuse_coarse(size: tuple[int, int], rule: InkRule) -> None:
    if _drawn_dpi(size, rule) < _LEAST_DPI:
        raise SigningError("image.too_small", width_px=size[0], height_px=size[1])


def _doubts(share: float, round_by: float | None) -> tuple[str, ...]:
    notes = ("image.ink_doubtful",) if share < _DOUBTFUL_SHARE else ()
    is_uneven = round_by is not None and round_by < _DOUBTFUL_ROUND
    return (*notes, "image.round_doubtful") if is_uneven else notes


def _size_notes(
    rule: InkRule, size: tuple[int, int], ink_px: tuple[int, int], known_dpi: float | None
) -> tuple[str, ...]:
    if known_dpi is None:
        return ("image.size_unknown",)
    if rule.is_round:
        diameter_mm = max(ink_px) / known_dpi * MM_PER_INCH
        differs = abs(diameter_mm - rule.width_mm) > _DIAMETER_OFF_MM
        return ("image.diameter_differs",) if differs else ()
    is_smaller = _drawn_dpi(size, rule) > _SIZE_OFF * known_dpi
    return ("image.drawn_smaller",) if is_smaller else ()


def _write(image: Image.Image, dpi: float, out: Path) -> None:
    """Write the PNG aside, then give it its name whole: this process may be ended at any moment."""
    part = out.with_name(f".{out.name}.part")
    try:
        if out.exists():
            raise FileExistsError(errno.EEXIST, "")
        with part.open("wb") as stream:
            image.save(stream, "PNG", dpi=(dpi, dpi), optimize=True)
        part.replace(out)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise SigningError("image.not_written", errno=error.errno) from error

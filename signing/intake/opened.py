"""Opens a picture that anybody may have made: of few formats, of bounded size, upright, on white."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from signing.errors import SigningError

FORMATS = ("PNG", "JPEG")
MOST_BYTES = 64 * 2**20
MOST_PIXELS = 120_000_000
"""A telephone of 108 megapixels is welcome, a decompression bomb is not."""
WORKING_PX = 2400
"""Longer sides are scaled down: 600 dpi for a page's text width of four inches."""
_LEAST_PX = 40
_SCREEN_DPI = 100.0
"""Telephones and screens write 72 or 96 and mean nothing by it."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A picture on paper. `dpi` is None where it does not say its resolution."""

    image: Image.Image
    dpi: float | None


def open_scan(path: Path) -> Scan:
    """Read a photo or a scan.

    Raises:
        SigningError: `image.unreadable`, `image.too_large`, `image.too_small`.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise SigningError("image.too_large", limit=MOST_PIXELS // 1_000_000)
        with warnings.catch_warnings():
            # Pillow warns of large pictures; here they are refused by their size, before they are decoded.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path, formats=FORMATS) as opened:
                return _read(opened)
    except Image.DecompressionBombError as error:
        raise SigningError("image.too_large", limit=MOST_PIXELS // 1_000_000) from error
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError) as error:
        raise SigningError("image.unreadable", image=path.name) from error


def _read(opened: Image.Image) -> Scan:
    width_px, height_px = opened.size
    if width_px * height_px > MOST_PIXELS:
        raise SigningError("image.too_large", limit=MOST_PIXELS // 1_000_000)
    if min(width_px, height_px) < _LEAST_PX:
        raise SigningError("image.too_small", width_px=width_px, height_px=height_px)
    dpi = _dpi(opened)
    # A JPEG is decoded at a fraction of its size where that is enough.
    opened.draft("RGB", (WORKING_PX, WORKING_PX))
    plain = opened.convert("RGBA") if opened.mode in ("P", "PA", "LA", "La") else opened
    plain.thumbnail((WORKING_PX, WORKING_PX), Image.Resampling.LANCZOS)
    image = ImageOps.exif_transpose(_on_white(plain))
    scale = max(image.size) / max(width_px, height_px)
    return Scan(image, None if dpi is None else dpi * scale)


def _on_white(opened: Image.Image) -> Image.Image:
    if opened.mode.startswith(("I", "F")):
        raise ValueError(opened.mode)
    if "A" not in opened.getbands() and "transparency" not in opened.info:
        return opened.convert("RGB")
    rgba = opened.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", rgba.size, "white"), rgba).convert("RGB")


def _dpi(opened: Image.Image) -> float | None:
    found = opened.info.get("dpi")
    try:
        across, down = (float(value) for value in found or ())
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    is_meant = across >= _SCREEN_DPI and abs(across - down) <= 0.02 * across and across <= 4800
    return across if is_meant else None

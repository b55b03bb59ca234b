"""Pages and their pictures, as the render process would send them."""

from __future__ import annotations

from app.workers.records import PagePicture
from pdf.geometry import POINTS_PER_MM, BoxMm, BoxPt, PageGeometry
from ui.sheets import Drawn, PageBox


def a_page(
    page_index: int = 0,
    width_mm: float = 200.0,
    height_mm: float = 300.0,
    *,
    rotation_deg: int = 0,
    user_unit: float = 1.0,
) -> PageGeometry:
    """A page that a person sees in this size, whichever way it lies in the file."""
    points = POINTS_PER_MM / user_unit
    sides = (width_mm, height_mm) if rotation_deg in {0, 180} else (height_mm, width_mm)
    box = BoxPt(0, 0, sides[0] * points, sides[1] * points)
    return PageGeometry(page_index, box, box, rotation_deg, user_unit)


def some_pages(count: int) -> tuple[PageGeometry, ...]:
    """Pages of 200 by 300 mm."""
    return tuple(a_page(page_index) for page_index in range(count))


def a_picture(
    page_index: int = 0, width_px: int = 20, height_px: int = 30, colour: bytes = b"\x10\x20\x30"
) -> PagePicture:
    """A picture of one colour, with alpha where the colour has four bytes."""
    return PagePicture(
        page_index,
        width_px,
        height_px,
        width_px * len(colour),
        colour * (width_px * height_px),
        has_alpha=len(colour) == 4,
    )


def a_drawn_page(page_index: int = 0, dpi: float = 96.0, colour: bytes = b"\x10\x20\x30") -> Drawn:
    """A page's picture in the size of its resolution, of pages of 200 by 300 mm."""
    width_px, height_px = round(200 / 25.4 * dpi), round(300 / 25.4 * dpi)
    return Drawn(a_picture(page_index, width_px, height_px, colour), dpi)


def a_box(key: str = "mine", page_index: int = 0, **changes: object) -> PageBox:
    """A signature of 40 by 20 mm that can be moved, at 50 mm from the left and 100 mm from the top."""
    given: dict[str, object] = {
        "key": key,
        "page_index": page_index,
        "box_mm": BoxMm(50, 100, 90, 120),
        "look": "blue",
        "label": "Signature",
        "is_movable": True,
    }
    return PageBox(**(given | changes))  # type: ignore[arg-type]  # as `PageBox` has them

"""What a signature shows by the office's rules: image, text, or both, with the moment of signing where asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app.errors import AppError
from app.rules import CopyForm
from app.workflow.office import Workbench
from app.workflow.wish import Wish
from app.workflow.writing import (
    COPY_FORMS,
    BlockText,
    date_text,
    personal_lines,
    time_text,
)
from signing.request import Appearance
from signing.terms import SignatureKind


def corner_wish(
    bench: Workbench,
    kind: SignatureKind,
    agency: str,
    *,
    image: Path | None,
    number: str = "",
    symbol: str = "",
    form: CopyForm = "sao_y",
) -> Wish:
    """Return what a corner of page 1 shows by the office's rules: image or text, or both.

    Args:
        bench: whose profile counts.
        kind: ATTACHMENT, INCOMING or COPY.
        agency: its name as it is written.
        image: the agency's seal; left out where the profile shows none.
        number: số or số đến.
        symbol: ký hiệu.
        form: of a copy.

    Raises:
        AppError: `workflow.number_missing` where the rules' text shows a number and there is none.
    """
    profile = bench.profile
    rule = {
        SignatureKind.ATTACHMENT: profile.attachment,
        SignatureKind.INCOMING: profile.incoming,
        SignatureKind.COPY: profile.copies,
    }[kind]
    if not number and any("{number}" in line for line in rule.lines):
        raise AppError("workflow.number_missing", fields="number")
    block = BlockText(rule.lines, agency, number, symbol, COPY_FORMS[form])
    return Wish(
        kind,
        image=image if rule.image else None,
        block=block if rule.lines else None,
        font_size_pt=rule.font_size_pt,
        is_right_aligned=rule.corner == "top_right" and not rule.image,
    )


def appearance_of(
    bench: Workbench, wish: Wish, name: str, moment: datetime, unit: float = 1.0
) -> Appearance:
    """Return what a signature will show.

    Args:
        bench: whose profile counts.
        wish: what is wanted.
        name: stands where there is neither image nor text.
        moment: of signing, where the text says it.
        unit: of the page, in points (UserUnit): letters have their real size.
    """
    shown = _as_wished(bench, wish, name, moment)
    return replace(shown, font_size_pt=shown.font_size_pt / unit)


def _as_wished(bench: Workbench, wish: Wish, name: str, moment: datetime) -> Appearance:
    if wish.block is not None:
        lines = wish.block.lines(moment)
        return Appearance(
            wish.image, lines, wish.font_size_pt, is_right_aligned=wish.is_right_aligned
        )
    if wish.kind is SignatureKind.PERSONAL and not wish.lines:
        return _personal_appearance(bench, wish, name, moment)
    lines = wish.lines or _own_lines(wish, name, moment)
    return Appearance(wish.image, lines, wish.font_size_pt)


def _personal_appearance(bench: Workbench, wish: Wish, name: str, moment: datetime) -> Appearance:
    """Return the leader's look by the office's rules: image, text or both."""
    rule = bench.profile.personal
    image = wish.image if rule.image else None
    lines = personal_lines(rule.lines, signer=name, moment=moment)
    if image is None and not lines:
        return Appearance(None, _own_lines(replace(wish, image=None), name, moment))
    return Appearance(image, lines, rule.font_size_pt)


def _own_lines(wish: Wish, name: str, moment: datetime) -> tuple[str, ...]:
    if wish.image is not None:
        return ()
    if wish.kind is SignatureKind.NUMBER:
        if wish.number is None:
            raise AppError("workflow.number_missing", fields="number")
        day = wish.issue_date.strftime("%d/%m/%Y") if wish.issue_date else None
        return tuple(text for text in (wish.number, day) if text)
    if wish.kind is SignatureKind.INITIAL:
        return (name,)
    return (f"Ký bởi: {name}", f"Thời gian ký: {date_text(moment)} {time_text(moment)}")

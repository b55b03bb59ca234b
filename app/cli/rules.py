"""`trinhky rules`: the rule profiles, the legal texts they rest on, and what they ask for."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from app.cli.terminal import EXIT_FAILED, EXIT_OK, Terminal
from app.errors import AppError
from app.rules import KnownProfile, RuleProfile, known_profiles, profile_ids
from app.settings import Settings


def run(arguments: Namespace, terminal: Terminal, settings: Settings) -> int:
    """List all profiles or the one asked for; exit code 0 unless one of them is broken.

    Raises:
        AppError: `rules.unknown`.
    """
    known = known_profiles(settings.profiles_folder)
    if arguments.profile is not None:
        known = tuple(item for item in known if item.profile_id == arguments.profile)
        if not known:
            names = ", ".join(profile_ids(settings.profiles_folder))
            raise AppError("rules.unknown", profile=arguments.profile, known=names)
    rows = [_told(item, terminal, is_chosen=item.profile_id == settings.profile) for item in known]
    terminal.result({"schema": "trinhky.rules/1", "chosen": settings.profile, "profiles": rows})
    return EXIT_FAILED if any(item.error for item in known) else EXIT_OK


def _told(item: KnownProfile, terminal: Terminal, *, is_chosen: bool) -> dict[str, Any]:
    """Tell one profile and return its row for JSON."""
    row: dict[str, Any] = {"id": item.profile_id, "chosen": is_chosen, "rules": None, "error": None}
    if item.profile is None:
        assert item.error is not None
        terminal.say(item.profile_id)
        return row | {"error": terminal.error(item.error)}
    title = item.profile.title.in_language(terminal.language)
    mark = f" ({terminal.short('rules.chosen')})" if is_chosen else ""
    terminal.say(f"{item.profile_id}: {title}{mark}")
    for line in (*_notes(item.profile, terminal), *_demands(item.profile, terminal)):
        terminal.say(f"  - {line}")
    terminal.say(f"  {terminal.short('rules.basis')}:")
    for text in item.profile.basis:
        terminal.say(f"    · {text}")
    return row | {"rules": item.profile.model_dump(mode="json")}


def _notes(profile: RuleProfile, terminal: Terminal) -> Iterator[str]:
    for note in profile.notes:
        yield note.in_language(terminal.language)


def _demands(profile: RuleProfile, terminal: Terminal) -> Iterator[str]:
    """Say what the numbers and switches of a profile come to, in the order of a document's day."""
    chain = profile.initial.chain
    if chain:
        yield terminal.short("rules.chain", {"chain": " → ".join(chain)})
    counts = profile.signatures
    if counts.exact_personal and counts.exact_agency:
        exact = {"personal": counts.exact_personal, "agency": counts.exact_agency}
        yield terminal.short("rules.exact", exact)
    for code in (
        "rules.initial." + ("used" if profile.initial.used else "none"),
        f"rules.date.{profile.publish.date}",
        f"rules.archive.{profile.publish.archive}",
    ):
        yield terminal.short(code)
    numbers = {
        "level": profile.publish.level,
        "diameter_mm": f"{profile.seal.diameter_mm:g}",
        "megabytes": profile.limits.file_bytes // 2**20,
    }
    yield terminal.short("rules.numbers", numbers)

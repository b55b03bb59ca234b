"""`trinhky demo`: opens the demo office, prints who can do what, and opens its window or plays its day."""

from __future__ import annotations

import os
from argparse import Namespace
from dataclasses import replace

import keyring
from keyring.backends.null import Keyring as NullKeyring

from app.bootstrap import Processes
from app.cli.terminal import (
    EXIT_FAILED,
    EXIT_OK,
    EXIT_USAGE,
    Terminal,
    choose_language,
    plain,
)
from app.cli.window import has_display
from app.demo.day import Step, run_day
from app.demo.desks import Desk, sit_down
from app.demo.opening import RECIPIENT, STAFF, DemoOffice, open_office, password_of
from app.demo.people import CLERK, TOKEN_HOLDERS, Holder
from app.workers import libreoffice


def run(arguments: Namespace, terminal: Terminal) -> int:
    """Show the office's window, or play its day: exit code 0 only if every document ended as it should."""
    # The demo's people are not the person at this machine: nothing of theirs goes into the real keyring.
    keyring.set_keyring(NullKeyring())
    folder = arguments.out.absolute()
    is_headless = arguments.headless
    if not is_headless and not has_display():
        terminal.note(terminal.short("demo.no_display"))
        is_headless = True
    try:
        with open_office(
            folder,
            drafts=arguments.drafts,
            resume=arguments.resume,
            profile_id=arguments.profile,
        ) as demo:
            _introduce(demo, terminal)
            if is_headless:
                return _play(demo, terminal)
            wanted = arguments.lang or os.environ.get("TRINHKY_LANG") or "vi"
            return _show(demo, Terminal(choose_language(wanted), as_json=terminal.as_json))
    except FileExistsError:
        terminal.error_code("usage.demo_exists", {"path": str(arguments.out)})
        return EXIT_USAGE


def desks_of(demo: DemoOffice) -> tuple[Desk, ...]:
    """Return everybody's desk, the leader's first; the agency's token is in at the clerk's."""
    return tuple(_desk(demo, holder) for holder in (*STAFF, CLERK, RECIPIENT))


def _desk(demo: DemoOffice, holder: Holder) -> Desk:
    folder = demo.folder / "desks" / holder.key
    return Desk(
        f"{holder.common_name} · {holder.title}",
        holder.key,
        password_of(holder),
        replace(demo.settings_of(holder), logs=folder / "logs"),
        demo.plug_in(holder, folder / "token"),
    )


def _show(demo: DemoOffice, terminal: Terminal) -> int:
    code = sit_down(desks_of(demo), terminal.language)
    terminal.result({"schema": "trinhky.demo/1", "folder": str(demo.folder)})
    return code


def _play(demo: DemoOffice, terminal: Terminal) -> int:
    settings = replace(demo.settings_of(CLERK), data=demo.everybodys_data)
    with Processes.of(settings, environment=demo.token_environment) as processes:
        day, steps = run_day(demo, processes)
        for number, step in enumerate(steps, 1):
            _tell(number, step, terminal)
    outcome = "demo.ended_well" if day.ended_well else "demo.ended_badly"
    terminal.say(terminal.short(outcome, {"count": len(demo.keys), "files": len(day.results)}))
    terminal.say(terminal.short("demo.results", {"path": str(demo.folder / "issued")}))
    terminal.say(terminal.short("demo.settings", {"path": str(demo.folder / "settings.toml")}))
    terminal.result(
        {
            "schema": "trinhky.demo/1",
            "folder": str(demo.folder),
            "ended_well": day.ended_well,
            "steps": [plain(step) for step in day.steps],
            "files": {name: report.verdict.value for name, report in day.results.items()},
        }
    )
    return EXIT_OK if day.ended_well else EXIT_FAILED


def _introduce(demo: DemoOffice, terminal: Terminal) -> None:
    terminal.say(terminal.short("demo.opened", {"path": str(demo.folder), "url": demo.url}))
    terminal.say(terminal.short("demo.authority", {"url": demo.pki.base_url}))
    program = libreoffice.find()
    said = "demo.word_draft" if program else "demo.no_converter"
    terminal.say(terminal.short(said, {"path": str(program)}))
    keys = "demo.key_files" if demo.has_key_files else "demo.softhsm"
    terminal.say(terminal.short(keys, {"path": str(demo.folder / "tokens")}))
    for holder in TOKEN_HOLDERS:
        token = demo.tokens[holder.key]
        terminal.say(f"  token «{token.label}»  PIN {token.user_pin}")
    for user in demo.store.office.users:
        roles = ", ".join(role.value for role in user.roles)
        terminal.say(f"  {user.user_id} / {user.password}  {user.name} ({roles})")


def _tell(number: int, step: Step, terminal: Terminal) -> None:
    words = terminal.short("demo." + step.what) if not step.code else terminal.short(step.code)
    mark = "✓" if step.expected else "✗"
    detail = f"  [{step.detail}]" if step.detail else ""
    terminal.say(f"{mark} {number:>3}. {step.who}: {words} «{step.document}»{detail}")

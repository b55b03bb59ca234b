"""`trinhky demo`: opens the demo office, prints who can do what, and plays the day."""

from __future__ import annotations

from argparse import Namespace

import keyring
from keyring.backends.null import Keyring as NullKeyring

from app.bootstrap import Processes
from app.cli.terminal import EXIT_FAILED, EXIT_OK, EXIT_USAGE, Terminal, plain
from app.demo.day import Step, run_day
from app.demo.opening import DemoOffice, open_office
from app.demo.people import CLERK, TOKEN_HOLDERS


def run(arguments: Namespace, terminal: Terminal) -> int:
    """Play the day; exit code 0 only if every document ended as it should."""
    # The demo's people are not the person at this machine: nothing of theirs goes into the real keyring.
    keyring.set_keyring(NullKeyring())
    folder = arguments.out.absolute()
    try:
        with open_office(folder, drafts=arguments.drafts, resume=arguments.resume) as demo:
            return _play(demo, terminal)
    except FileExistsError:
        terminal.error_code("usage.demo_exists", {"path": str(arguments.out)})
        return EXIT_USAGE


def _play(demo: DemoOffice, terminal: Terminal) -> int:
    _introduce(demo, terminal)
    settings = demo.settings_of(CLERK)
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

"""`trinhky prepare`: a copy of an unsigned draft, a PDF or a Word file, with the empty fields to fill in later."""

from __future__ import annotations

import shutil
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from app.bootstrap import Processes, workbench
from app.cli.mended import mended_base
from app.cli.terminal import EXIT_OK, Terminal
from app.errors import AppError
from app.settings import Settings
from app.workflow.converting import conversion_notes, convert, is_word
from app.workflow.office import Workbench
from app.workflow.opinion import Said
from app.workflow.opinions import fields_for, find_form
from app.workflow.placing import blanks, pages_of
from signing.request import TextFieldSpec


def run(arguments: Namespace, terminal: Terminal, settings: Settings) -> int:
    """Prepare the copy; nothing is left where it fails.

    Raises:
        AppError: `usage.no_file`, `usage.out_exists`, `usage.out_not_writable`, `workflow.no_blanks`; as `convert`
            and `mend`.
        SigningError: as `look_at`, where the person did not ask for what would lift it.
    """
    if arguments.out.exists():
        raise AppError("usage.out_exists", path=str(arguments.out))
    with Processes.of(settings) as processes:
        bench = workbench(settings, processes, profile_id=arguments.profile)
        with (
            _as_pdf(bench, arguments.file.absolute(), terminal) as pdf,
            mended_base(bench, pdf, arguments) as (draft, mended),
        ):
            for code in mended.notes if mended else ():
                terminal.note(f"{arguments.file}: {terminal.words(code)}")
            specs = _fields(bench, draft)
            if not specs and mended is None:
                raise AppError("workflow.no_blanks")
            try:
                shutil.copyfile(draft, arguments.out)
            except OSError as error:
                raise AppError("usage.out_not_writable", path=str(arguments.out)) from error
            try:
                if specs:
                    bench.token.prepare(arguments.out.absolute(), specs)
            except BaseException:
                arguments.out.unlink(missing_ok=True)
                raise
    names = [item.name for item in specs]
    terminal.say(f"{arguments.out}: {', '.join(names)}")
    terminal.result(
        {
            "schema": "trinhky.prepare/1",
            "file": str(arguments.file),
            "out": str(arguments.out),
            "fields": names,
            "mended": list(mended.remedies) if mended else [],
            "removed": list(mended.removed) if mended else [],
        }
    )
    return EXIT_OK


def _fields(bench: Workbench, file: Path) -> tuple[TextFieldSpec, ...]:
    """Number and date where the document has them, and the levels of an internal form."""
    form = find_form(bench.eyes, file, bench.profile, None)
    levels = () if form is None else fields_for(Said(form), pages_of(bench.eyes, file))
    if form is not None and not form.rule.number:
        return levels
    return (*blanks(bench.eyes, file, bench.profile), *levels)


@contextmanager
def _as_pdf(bench: Workbench, file: Path, terminal: Terminal) -> Iterator[Path]:
    """Give a draft as a PDF; one that is a Word file is converted, and what a reader should know of that is told."""
    if not file.is_file():
        raise AppError("usage.no_file", path=str(file))
    if not is_word(file):
        yield file
        return
    with TemporaryDirectory(prefix="trinhky-") as folder:
        made = Path(folder) / "draft.pdf"
        convert(bench, file, made)
        for code in conversion_notes(bench, file, made):
            terminal.note(f"{file}: {terminal.words(code)}")
        yield made

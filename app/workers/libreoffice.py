"""LibreOffice on this machine: where it is, and how it is told to trust nothing, fetch nothing and run nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

_LINUX = (
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/usr/local/bin/soffice",
    "/opt/libreoffice*/program/soffice",
)
_MACOS = ("/Applications/LibreOffice.app/Contents/MacOS/soffice",)
_WINDOWS = r"LibreOffice*\program\soffice.com"
"""The console face: it ends when the conversion does."""
_VERSION_S = 20.0

_NOWHERE = "127.0.0.1"
_DISCARD_PORT = 9
"""Nothing listens there (RFC 863): a proxy that no request gets past."""
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", 3),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", True),
    ("Office.Common/Security/Scripting", "DisableActiveContent", True),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", True),
    ("Office.Writer/Content/Update", "Link", 0),
    ("Office.Writer/Content/Update", "Field", False),
    ("Inet/Settings", "ooInetProxyType", 2),
    ("Inet/Settings", "ooInetNoProxy", ""),
    ("Inet/Settings", "ooInetHTTPProxyName", _NOWHERE),
    ("Inet/Settings", "ooInetHTTPProxyPort", _DISCARD_PORT),
    ("Inet/Settings", "ooInetHTTPSProxyName", _NOWHERE),
    ("Inet/Settings", "ooInetHTTPSProxyPort", _DISCARD_PORT),
    ("Inet/Settings", "ooInetFTPProxyName", _NOWHERE),
    ("Inet/Settings", "ooInetFTPProxyPort", _DISCARD_PORT),
    ("Office.Recovery/RecoveryInfo", "Enabled", False),
    ("Office.Recovery/AutoSave", "Enabled", False),
    # What could be refilled after a signature becomes plain text on the page.
    ("Office.Common/Filter/PDF/Export", "ExportFormFields", False),
    ("Office.Common/Filter/PDF/Export", "ExportNotes", False),
    ("Office.Common/Filter/PDF/Export", "ReduceImageResolution", False),
)
"""Path, property and value in LibreOffice's registry. A version that does not know one leaves it out."""
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}
</oor:items>
"""
_ITEM = (
    '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>"
)


def find(chosen: Path | None = None) -> Path | None:
    """Return the program that converts: the one that was set, else the first in a well-known place; None without."""
    places = [chosen] if chosen is not None else list(_places())
    return next((path for path in places if path.is_file()), None)


def version(program: Path) -> str | None:
    """Return what the program says of itself, as `LibreOffice 7.4.7.2`; None where it does not answer."""
    try:
        said = subprocess.run(
            [str(program), "--version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            env=environment(os.environ),
            timeout=_VERSION_S,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return " ".join(said.stdout.decode("utf-8", "replace").split()[:2]) or None


def write_profile(folder: Path) -> None:
    """Write a user profile that has been used by nobody: what it forbids is forbidden from the first moment."""
    items = (
        _ITEM.format(path=path, name=name, value=_plain(value)) for path, name, value in _SETTINGS
    )
    (folder / "user").mkdir(parents=True)
    text = _PROFILE.format(items="\n".join(items))
    (folder / "user" / "registrymodifications.xcu").write_text(text, encoding="utf-8")


def command(program: Path, source: Path, import_filter: str, out: Path, profile: Path) -> list[str]:
    """Return the command that converts `source` into a PDF in the folder `out`."""
    return [
        str(program),
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--nologo",
        f"--infilter={import_filter}",
        "--convert-to",
        "pdf:writer_pdf_Export",
        "--outdir",
        str(out),
        str(source),
    ]


def environment(ours: Mapping[str, str], temporary: Path | None = None) -> dict[str, str]:
    """Return the environment of the program: ours without what loads other libraries, or leads out of the machine."""
    kept = {
        name: value
        for name, value in ours.items()
        if not name.startswith(("LD_", "DYLD_", "PYTHON", "QT_"))
        and not name.lower().endswith("_proxy")
    }
    kept["SAL_USE_VCLPLUGIN"] = "svp"
    kept |= dict.fromkeys(("http_proxy", "https_proxy"), f"http://{_NOWHERE}:{_DISCARD_PORT}")
    if temporary is not None:
        kept |= dict.fromkeys(("TMPDIR", "TMP", "TEMP"), str(temporary))
    return kept


def _places() -> Iterable[Path]:
    if sys.platform == "win32":
        roots = (
            os.environ.get(name) for name in ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)")
        )
        for root in filter(None, roots):
            yield from _newest_first(Path(root), _WINDOWS)
        return
    named = (shutil.which(name) for name in ("soffice", "libreoffice"))
    yield from (Path(path) for path in named if path)
    for place in _MACOS if sys.platform == "darwin" else _LINUX:
        yield from _newest_first(Path("/"), place.removeprefix("/"))


def _newest_first(root: Path, pattern: str) -> list[Path]:
    return sorted(root.glob(pattern), reverse=True)


def _plain(value: bool | int | str) -> str:  # noqa: FBT001 - a value of the registry, not a switch
    return str(value).lower() if isinstance(value, bool) else str(value)

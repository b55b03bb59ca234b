"""The trust store of this machine: who is believed, since when and by whose word; imported, disabled, removed."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterable
from datetime import UTC
from pathlib import Path
from typing import Protocol

from app.clock import Clock, system_clock
from app.errors import AppError
from app.settings import Settings
from app.store.trust import TrustFolder
from app.workplace.trust_records import (
    Believed,
    KnownList,
    KnownPublished,
    ListOrigin,
    Origin,
    Store,
)
from signing.errors import SigningError
from signing.trust_places import FETCHED
from signing.trust_profiles import trust_profiles
from signing.trust_records import (
    Authority,
    Bundle,
    Likeness,
    OfferedAuthority,
    OfferedList,
    RevocationList,
    StoreContents,
    TrustNote,
)


class Reader(Protocol):
    """Reads certificates: in a process of their own for the window, in this one for the command line."""

    def list_store(self, places: tuple[Path, ...]) -> StoreContents:
        """As `signing.trust_listing.list_store`."""
        ...

    def read_bundle(self, path: Path, places: tuple[Path, ...]) -> Bundle:
        """As `signing.trust_listing.read_bundle`."""
        ...

    def prove_lists(
        self, lists: tuple[bytes, ...], places: tuple[Path, ...]
    ) -> tuple[OfferedList, ...]:
        """As `signing.trust_listing.prove_lists`."""
        ...


class TrustDesk:
    """Shows the trust store and changes what was added to it.

    Args:
        settings: name files and folders of their own, and where the store lies.
        reader: reads certificates.
        changed: called after every change: who keeps what the store said before must forget it.
        clock: the present moment.
    """

    def __init__(
        self,
        settings: Settings,
        reader: Reader,
        changed: Callable[[], None] = lambda: None,
        clock: Clock = system_clock,
    ) -> None:
        self._settings = settings
        self._reader = reader
        self._changed = changed
        self._clock = clock
        self._folder = TrustFolder(settings.data)

    def store(self) -> Store:
        """Return everything that is in the store."""
        now = self._clock().astimezone(UTC)
        missing, found = self._settings_places()
        contents = self._reader.list_store((*found, *self._folder.places()))
        rows = [self._believed(one) for one in contents.authorities]
        if self._folder.disabled.is_dir():
            disabled = self._reader.list_store((self._folder.disabled,)).authorities
            rows += [self._believed(one, is_enabled=False) for one in disabled]
        lists = (KnownList(one, self._list_origin(one), one.is_late(now)) for one in contents.lists)
        rows.sort(key=lambda row: (not row.authority.is_root, row.authority.name))
        held = {row.authority.sha256 for row in rows if row.is_enabled}
        published = (
            KnownPublished(profile.id, one, one.sha256 in held)
            for profile in trust_profiles()
            for one in profile.certificates
        )
        return Store(tuple(rows), tuple(lists), missing, tuple(published))

    def read(self, path: Path) -> Bundle:
        """Read what a file offers; nothing is kept. Errors as `signing.trust_listing.read_bundle`."""
        _, found = self._settings_places()
        return self._reader.read_bundle(path, (*found, *self._folder.places()))

    def keep(
        self, offered: OfferedAuthority, file: str, agreed: str, not_as_published: str | None = None
    ) -> None:
        """Keep an authority whose fingerprint somebody agreed to.

        Args:
            offered: as it was read and shown.
            file: the name of the file that it came in.
            agreed: its SHA-256, or its SHA-1 where only that was published, as the person has it.
            not_as_published: the published SHA-256 that it bears the name of and does not have; the person's
                explicit yes to that difference.

        Raises:
            AppError: `trust.not_confirmed`, `trust.not_as_published`; as `TrustFolder.keep`.
        """
        one = offered.authority
        if bare(agreed) not in (one.sha256, one.sha1):
            raise AppError("trust.not_confirmed", name=one.name)
        refuse_unpublished(one, not_as_published)
        differs = one.match.likeness is Likeness.DIFFERS
        note = TrustNote(
            file, self._clock().astimezone(UTC), _user(), one.match.sha256 if differs else None
        )
        self._folder.keep(one.sha256, offered.der, note)
        self._changed()

    def keep_lists(self, lists: Iterable[OfferedList]) -> tuple[RevocationList, ...]:
        """Keep CRLs that an authority of the store has signed, where none is newer; return those kept.

        Errors as `TrustFolder.keep_list`.
        """
        _, found = self._settings_places()
        places = (*found, *self._folder.places())
        known = {one.key: one for one in self._reader.list_store(places).lists}
        kept = []
        for offered in self._reader.prove_lists(tuple(one.der for one in lists), places):
            one = offered.crl
            old = known.get(one.key)
            if one.is_proven and (old is None or old.this_update < one.this_update):
                self._folder.keep_list(one.key, offered.der)
                known[one.key] = one
                kept.append(one)
        if kept:
            self._changed()
        return tuple(kept)

    def disable(self, sha256: str) -> None:
        """Let an added authority count no more. `trust.not_there`, `trust.of_settings`, `trust.is_disabled`."""
        self._change(sha256, self._folder.disable, "trust.is_disabled")

    def enable(self, sha256: str) -> None:
        """Let a disabled authority count again. `trust.not_there`, `trust.of_settings`, `trust.is_enabled`."""
        self._change(sha256, self._folder.enable, "trust.is_enabled")

    def remove(self, sha256: str) -> None:
        """Remove an added authority. `trust.not_there`, `trust.of_settings`."""
        self._change(sha256, self._folder.remove, "trust.not_there")

    def _change(self, sha256: str, change: Callable[[str], bool], already: str) -> None:
        if change(sha256):
            self._changed()
            return
        for row in self.store().authorities:
            if row.authority.sha256 == sha256:
                added = row.origin is Origin.ADDED
                raise AppError(already if added else "trust.of_settings", sha256=sha256)
        raise AppError("trust.not_there", sha256=sha256)

    def _believed(self, one: Authority, *, is_enabled: bool = True) -> Believed:
        if not is_enabled:
            return Believed(one, Origin.ADDED, is_enabled=False, note=self._folder.note(one.sha256))
        origin, note = origin_of(one.file, one.sha256, self._settings)
        return Believed(one, origin, note=note)

    def _list_origin(self, one: RevocationList) -> ListOrigin:
        path = Path(one.file)
        if self._folder.cache not in path.parents:
            return "settings"
        return "fetched" if path.parent.name == FETCHED else "imported"

    def _settings_places(self) -> tuple[tuple[str, ...], tuple[Path, ...]]:
        """Tell apart what the settings name: what is missing, and what can be read."""
        missing, found = [], []
        for place in self._settings.trust:
            try:
                self._reader.list_store((place,))
            except SigningError:
                missing.append(str(place))
            else:
                found.append(place)
        return tuple(missing), tuple(found)


def origin_of(file: str, sha256: str, settings: Settings) -> tuple[Origin, TrustNote | None]:
    """Say by whose word an authority is in the store, by where it lies; of an added one also how it came in."""
    folder, path = TrustFolder(settings.data), Path(file)
    if folder.holds(file):
        return Origin.ADDED, folder.note(sha256)
    if folder.cache in path.parents:
        return Origin.FETCHED, None
    named = any(path == place or place in path.parents for place in settings.trust)
    return (Origin.SETTINGS if named else Origin.NAMED), None


def refuse_unpublished(one: Authority, not_as_published: str | None) -> None:
    """Refuse an authority that bears a published name and is not it, but for a yes that names the published SHA-256.

    Raises:
        AppError: `trust.not_as_published`.
    """
    differs = one.match.likeness is Likeness.DIFFERS
    if differs and bare(not_as_published or "") != one.match.sha256:
        raise AppError(
            "trust.not_as_published",
            name=one.name,
            published=str(one.match.name),
            sha256=str(one.match.sha256),
            found=one.sha256,
        )


def bare(text: str) -> str:
    """Return a fingerprint as we write it, however it was copied."""
    return "".join(letter for letter in text.lower() if letter.isalnum())


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""

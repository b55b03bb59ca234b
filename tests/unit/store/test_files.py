"""Facts about the content-addressed files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import AppError
from app.store.files import FileStore

CONTENT = b"%PDF-1.7 a document"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def files(tmp_path: Path) -> Iterator[FileStore]:
    made = FileStore(tmp_path / "store")
    yield made
    made.close()


def adopt(files: FileStore, content: bytes = CONTENT) -> str:
    path = files.aside()
    path.write_bytes(content)
    return files.adopt(path)


def test_an_adopted_file_is_found_by_its_hash(files: FileStore) -> None:
    assert adopt(files) == SHA256
    place = files.path_of(SHA256)
    assert place.read_bytes() == CONTENT
    assert (place.parent.name, place.name) == (SHA256[:2], SHA256)
    assert files.holds(SHA256)
    assert files.stored() == {SHA256}


def test_adopting_moves_the_file(files: FileStore) -> None:
    path = files.aside()
    path.write_bytes(CONTENT)
    files.adopt(path)
    assert not path.exists()


def test_adopting_the_same_bytes_twice_keeps_one_file(files: FileStore) -> None:
    adopt(files)
    inode = files.path_of(SHA256).stat().st_ino
    adopt(files)
    assert files.path_of(SHA256).stat().st_ino == inode
    assert files.stored() == {SHA256}


def test_a_file_that_is_not_there_is_missing(files: FileStore) -> None:
    assert not files.holds(SHA256)
    with pytest.raises(AppError) as caught:
        files.path_of(SHA256)
    assert (caught.value.code, caught.value.params) == ("store.missing", {"sha256": SHA256})


@pytest.mark.parametrize("was_read_before", [False, True])
def test_a_file_changed_behind_our_back_is_missing(
    files: FileStore, *, was_read_before: bool
) -> None:
    adopt(files)
    place = files.path_of(SHA256) if was_read_before else files._place(SHA256)
    place.write_bytes(b"x" * len(CONTENT))
    with pytest.raises(AppError, match=r"store\.missing"):
        files.path_of(SHA256)


def test_a_damaged_file_is_replaced_when_its_bytes_come_again(files: FileStore) -> None:
    adopt(files)
    files.path_of(SHA256).write_bytes(b"damaged")
    adopt(files)
    assert files.path_of(SHA256).read_bytes() == CONTENT


def test_removing_is_harmless_twice(files: FileStore) -> None:
    adopt(files)
    files.remove(SHA256)
    files.remove(SHA256)
    assert not files.holds(SHA256)


@pytest.mark.parametrize("name", ["../../etc/passwd", "AB" * 32, "ab", "/" * 64])
def test_a_name_that_is_no_hash_leads_nowhere(files: FileStore, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        files.path_of(name)


def test_only_the_user_may_read_files_and_enter_folders(files: FileStore, tmp_path: Path) -> None:
    adopt(files)
    paths = [tmp_path / "store", *(tmp_path / "store").rglob("*")]
    assert {path.stat().st_mode & 0o777 for path in paths if path.is_dir()} == {0o700}
    assert {path.stat().st_mode & 0o777 for path in paths if path.is_file()} == {0o600}


def test_a_folder_that_is_open_to_others_is_tightened(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    FileStore(tmp_path).close()
    assert tmp_path.stat().st_mode & 0o777 == 0o700


def test_closing_removes_what_lies_aside(files: FileStore) -> None:
    path = files.aside(".part")
    path.write_bytes(b"half")
    files.close()
    assert not path.exists()


def test_the_unfinished_files_of_a_living_program_stay(files: FileStore, tmp_path: Path) -> None:
    path = files.aside()
    path.write_bytes(b"half")
    FileStore(tmp_path / "store").close()
    assert path.read_bytes() == b"half"


def test_aside_files_without_an_owner_are_removed(tmp_path: Path) -> None:
    FileStore(tmp_path).close()
    leftover = tmp_path / "aside" / "0123"
    leftover.mkdir()
    (leftover / "half.pdf").write_bytes(b"half")
    FileStore(tmp_path).close()
    assert not leftover.exists()

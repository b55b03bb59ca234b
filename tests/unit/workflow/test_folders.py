"""Facts about which files are checked where a folder is given."""

from __future__ import annotations

from pathlib import Path

from app.workflow.folders import files_among


def test_the_pdfs_below_a_folder_are_taken_sorted_and_named_by_their_way(tmp_path: Path) -> None:
    for name in ("b.PDF", "a.pdf", "sub/c.pdf", "notes.txt", ".hidden.pdf"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"")
    assert [item.name for item in files_among((tmp_path,))] == ["a.pdf", "b.PDF", "sub/c.pdf"]


def test_files_keep_the_order_in_which_they_are_given_and_count_once(tmp_path: Path) -> None:
    first, second = tmp_path / "z.pdf", tmp_path / "a.pdf"
    first.write_bytes(b"")
    second.write_bytes(b"")
    assert [item.name for item in files_among((first, second, first, tmp_path))] == [
        "z.pdf",
        "a.pdf",
    ]


def test_a_file_that_is_named_is_taken_whatever_it_is_called(tmp_path: Path) -> None:
    missing = tmp_path / "letter.bin"
    assert [item.path for item in files_among((missing,))] == [missing]


def test_a_link_that_leads_in_a_circle_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"")
    (tmp_path / "again").symlink_to(tmp_path)
    assert [item.name for item in files_among((tmp_path,))] == ["a.pdf"]

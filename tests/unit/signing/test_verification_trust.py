"""The trust store as it is read from files and folders."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from signing.errors import SigningError
from signing.trust import TrustAnchors
from tests.unit.signing.verification_world import (
    leader,
    revocation_list,
    root,
    stranger_root,
)


def test_self_signed_authorities_are_anchors_and_the_rest_intermediates(tmp_path: Path) -> None:
    file = tmp_path / "bundle.pem"
    file.write_bytes(root().pem + leader().pem + stranger_root().pem)

    store = TrustAnchors.load([file])

    assert store.anchors == (root().der, stranger_root().der)
    assert store.intermediates == (leader().der,)


def test_der_certificates_are_read(tmp_path: Path) -> None:
    file = tmp_path / "root.cer"
    file.write_bytes(root().der)

    assert TrustAnchors.load([file]).anchors == (root().der,)


def test_revocation_lists_beside_the_certificates_are_read(tmp_path: Path) -> None:
    (tmp_path / "root.crl").write_bytes(revocation_list())

    assert len(TrustAnchors.load([tmp_path]).crls) == 1


def test_other_files_in_a_folder_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "đọc tôi.txt").write_text("chứng thư gốc", encoding="utf-8")
    (tmp_path / "root.pem").write_bytes(root().pem)

    assert TrustAnchors.load([tmp_path]).anchors == (root().der,)


@pytest.mark.parametrize("content", [b"", b"no certificate", b"\x30\x03\x02\x01\x00"])
def test_a_named_file_without_a_certificate_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "root.pem"
    file.write_bytes(content)

    with pytest.raises(SigningError, match=r"trust\.not_readable"):
        TrustAnchors.load([file])


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SigningError, match=r"trust\.not_readable"):
        TrustAnchors.load([tmp_path / "không có"])


def test_the_same_certificate_twice_counts_once(tmp_path: Path) -> None:
    file = tmp_path / "root.pem"
    file.write_bytes(root().pem * 2)

    assert TrustAnchors.load([file, file]).anchors == (root().der,)


def test_the_store_can_be_handed_to_another_process() -> None:
    store = TrustAnchors(anchors=(root().der,))

    assert pickle.loads(pickle.dumps(store)) == store  # noqa: S301 - our own bytes

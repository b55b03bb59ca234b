from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from app.demo.certificates import Flaw
from app.demo.people import AGENCY, AGENCY_SEAL, LEADER, TOKEN_HOLDERS
from app.demo.pki import DemoPki, open_pki, saved_port


def _usage(certificate: x509.Certificate) -> x509.KeyUsage:
    return certificate.extensions.get_extension_for_class(x509.KeyUsage).value


def _names(certificate: x509.Certificate, oid: x509.ObjectIdentifier) -> list[str | bytes]:
    return [one.value for one in certificate.subject.get_attributes_for_oid(oid)]


@pytest.mark.parametrize("service", ["issuing", "tsa", "ocsp"])
def test_every_service_certificate_leads_to_the_root(pki: DemoPki, service: str) -> None:
    certificate = getattr(pki, service).certificate
    issuer = pki.root if service == "issuing" else pki.issuing
    certificate.verify_directly_issued_by(issuer.certificate)
    assert certificate.issuer == issuer.certificate.subject


def test_a_signers_certificate_is_issued_by_the_issuing_authority(pki: DemoPki) -> None:
    certificate = pki.issue_with_key(LEADER).certificate
    certificate.verify_directly_issued_by(pki.issuing.certificate)
    identifier = certificate.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value
    above = pki.issuing.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    assert identifier.key_identifier == above.value.digest


def test_the_root_signs_itself_and_says_that_it_is_a_demo(pki: DemoPki) -> None:
    root = pki.root.certificate
    root.verify_directly_issued_by(root)
    (name,) = _names(root, NameOID.COMMON_NAME)
    assert str(name).startswith("DEMO")
    assert "không có giá trị pháp lý" in str(name)


def test_a_person_has_title_and_uid_in_the_certificate(pki: DemoPki) -> None:
    certificate = pki.issue_with_key(LEADER).certificate
    assert _names(certificate, NameOID.COMMON_NAME) == ["Nguyễn Văn An"]
    assert _names(certificate, NameOID.TITLE) == ["Giám đốc"]
    assert _names(certificate, NameOID.USER_ID) == [LEADER.uid]
    assert _names(certificate, NameOID.ORGANIZATION_NAME) == [AGENCY]


def test_the_agencys_certificate_names_the_agency_and_no_title(pki: DemoPki) -> None:
    certificate = pki.issue_with_key(AGENCY_SEAL).certificate
    assert _names(certificate, NameOID.COMMON_NAME) == [AGENCY]
    assert _names(certificate, NameOID.TITLE) == []


def test_a_signer_may_sign_and_cannot_deny_it(pki: DemoPki) -> None:
    usage = _usage(pki.issue_with_key(LEADER).certificate)
    assert (usage.digital_signature, usage.content_commitment) == (True, True)
    assert (usage.key_encipherment, usage.key_cert_sign) == (False, False)


def test_the_tsa_may_only_stamp_time(pki: DemoPki) -> None:
    usage = pki.tsa.certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    assert usage.critical
    assert list(usage.value) == [ExtendedKeyUsageOID.TIME_STAMPING]


def test_the_ocsp_responder_is_not_itself_asked_about(pki: DemoPki) -> None:
    extensions = pki.ocsp.certificate.extensions
    assert x509.OCSPNoCheck() in {one.value for one in extensions}
    usage = extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(usage) == [ExtendedKeyUsageOID.OCSP_SIGNING]


def test_a_certificate_points_to_the_loopback_authority(pki: DemoPki) -> None:
    extensions = pki.issue_with_key(LEADER).certificate.extensions
    access = extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    assert {one.access_method: one.access_location.value for one in access} == {
        AuthorityInformationAccessOID.OCSP: "http://127.0.0.1:40000/ocsp",
        AuthorityInformationAccessOID.CA_ISSUERS: "http://127.0.0.1:40000/ca/issuing.cer",
    }
    (point,) = extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    assert point.full_name is not None
    assert point.full_name[0].value == "http://127.0.0.1:40000/crl/issuing.crl"


def test_an_expired_certificate_has_expired_within_its_issuers_life(pki: DemoPki) -> None:
    certificate = pki.issue_with_key(LEADER, Flaw.EXPIRED).certificate
    assert certificate.not_valid_after_utc < datetime.now(UTC)
    assert certificate.not_valid_before_utc > pki.issuing.certificate.not_valid_before_utc


def test_a_certificate_not_yet_valid_starts_in_the_future(pki: DemoPki) -> None:
    certificate = pki.issue_with_key(LEADER, Flaw.NOT_YET_VALID).certificate
    assert certificate.not_valid_before_utc > datetime.now(UTC) + timedelta(days=1)


def test_a_certificate_for_encryption_cannot_sign(pki: DemoPki) -> None:
    usage = _usage(pki.issue_with_key(LEADER, Flaw.WRONG_KEY_USAGE).certificate)
    assert (usage.digital_signature, usage.content_commitment) == (False, False)
    assert usage.key_encipherment


def test_serial_numbers_differ(pki: DemoPki) -> None:
    key = pki.issue_with_key(LEADER).key.public_key()
    serials = {pki.issue(holder, key).serial_number for holder in TOKEN_HOLDERS}
    assert len(serials) == len(TOKEN_HOLDERS)


def test_a_later_run_finds_the_same_authority_and_its_revocations(tmp_path: Path) -> None:
    first = open_pki(tmp_path, "http://127.0.0.1:40001")
    serial = first.issue_with_key(LEADER, Flaw.REVOKED).certificate.serial_number
    later = open_pki(tmp_path, f"http://127.0.0.1:{saved_port(tmp_path)}")
    assert later.root.certificate == first.root.certificate
    assert later.issuing.key.private_numbers() == first.issuing.key.private_numbers()
    assert later.revocation(serial) == first.revocation(serial)
    assert later.knows(serial)


def test_the_first_revocation_holds(pki: DemoPki) -> None:
    serial = pki.issue_with_key(LEADER).certificate.serial_number
    pki.revoke(serial, when=datetime(2026, 1, 2, tzinfo=UTC))
    pki.revoke(serial)
    found = pki.revocation(serial)
    assert found is not None
    assert found.when == datetime(2026, 1, 2, tzinfo=UTC)


def test_a_fresh_office_has_no_port_yet(tmp_path: Path) -> None:
    assert saved_port(tmp_path) == 0

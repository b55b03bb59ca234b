"""TLS: the office's own authority where it is configured, nobody else's, and no name but the server's."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.errors import AppError
from app.server.client import HttpDocumentServer
from app.server.transport import ServerAddress

ME = {"user_id": "a", "name": "A", "office": "B", "roles": [], "rule_profile": "nd30-2020"}


class Always:
    """A token source for a server that asks for none."""

    def access_token(self, refused: str | None = None) -> str:
        return "x" if refused is None else refused


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = json.dumps(ME).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Say nothing."""


class _Server(HTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that refuses the certificate is what these tests are about."""


def _certificate(folder: Path, address: str) -> Path:
    """Write a self-signed certificate with its key, which is its own authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Văn phòng")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "office.pem"
    path.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


@contextmanager
def _serving(certificate: Path) -> Iterator[str]:
    server = _Server(("127.0.0.1", 0), _Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _ask(address: ServerAddress) -> str:
    server = HttpDocumentServer(address, Always())
    try:
        return server.me().user_id
    finally:
        server.close()


def test_a_server_of_the_offices_own_authority_is_trusted_where_that_is_configured(
    tmp_path: Path,
) -> None:
    certificate = _certificate(tmp_path, "127.0.0.1")
    with _serving(certificate) as url:
        assert _ask(ServerAddress(url, ca_bundle=certificate)) == "a"


def test_a_server_that_the_system_does_not_trust_is_refused(tmp_path: Path) -> None:
    with _serving(_certificate(tmp_path, "127.0.0.1")) as url, pytest.raises(AppError) as told:
        _ask(ServerAddress(url))
    assert told.value.code == "server.untrusted"


def test_no_variable_of_the_environment_makes_a_server_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = _certificate(tmp_path, "127.0.0.1")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    with _serving(certificate) as url, pytest.raises(AppError) as told:
        _ask(ServerAddress(url))
    assert told.value.code == "server.untrusted"


def test_a_certificate_for_another_name_is_refused(tmp_path: Path) -> None:
    certificate = _certificate(tmp_path, "127.0.0.2")
    with _serving(certificate) as url, pytest.raises(AppError) as told:
        _ask(ServerAddress(url, ca_bundle=certificate))
    assert told.value.code == "server.untrusted"


def test_an_authority_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(AppError) as told:
        _ask(ServerAddress("https://127.0.0.1:9", ca_bundle=tmp_path / "missing.pem"))
    assert told.value.code == "server.ca_bundle"

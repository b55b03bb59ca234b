"""A loaded PKCS#11 module: its tokens, and a logged-in session that signs.

Runs on one thread of the token process, listing included (`signing.token` says why). The module itself
may crash or hang: whoever calls from another process is safe.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import pkcs11
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass, TokenFlag

from signing import certificates as certs
from signing.errors import SigningError
from signing.terms import PinState
from signing.token.ck_errors import translated
from signing.token.described import certificate_info
from signing.token.mechanisms import (
    PSS_LISTED,
    PSS_MECHANISMS,
    RSA_MECHANISMS,
    usable_mechanisms,
)
from signing.token.modules import exports_pkcs11, library_bits
from signing.token.pin import Pin
from signing.token.raw import HASHES, verify_raw
from signing.token.records import ModuleInfo, OpenedKey, TokenInfo

DIGEST_INFO = {
    "sha256": bytes.fromhex("3031300d060960864801650304020105000420"),
    "sha384": bytes.fromhex("3041300d060960864801650304020205000430"),
    "sha512": bytes.fromhex("3051300d060960864801650304020305000440"),
}
"""DER prefixes of RFC 8017, 9.2, note 1: for modules that offer only CKM_RSA_PKCS."""


def survey(path: Path) -> ModuleInfo:
    """Try a module and say what it holds, or why it does not answer."""
    if not path.is_file():
        return ModuleInfo(str(path), found=False, bits=None, problem="token.module_missing")
    bits = library_bits(path)
    if bits is None:
        return ModuleInfo(str(path), found=True, bits=None, problem="token.module_no_library")
    if bits != struct.calcsize("P") * 8:
        return ModuleInfo(str(path), found=True, bits=bits, problem="token.module_bits")
    if not exports_pkcs11(path):
        return ModuleInfo(str(path), found=True, bits=bits, problem="token.module_no_pkcs11")
    try:
        driver = Driver(path)
        tokens, slots = driver.tokens(), driver.slot_count()
    except SigningError as error:
        return ModuleInfo(str(path), found=True, bits=bits, problem=error.code)
    return ModuleInfo(str(path), found=True, bits=bits, problem=None, slots=slots, tokens=tokens)


class Driver:
    """One PKCS#11 module, loaded once in this process.

    Raises:
        SigningError: `token.module_failed` when it cannot be loaded or initialised.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._lib: Any = pkcs11.lib(str(path))
        except (pkcs11.exceptions.PKCS11Error, RuntimeError, OSError) as error:
            raise SigningError("token.module_failed", module=str(path)) from error

    def slot_count(self) -> int:
        """Return how many slots the module lists, empty ones included."""
        with translated():
            return len(self._lib.get_slots())

    def serials(self) -> tuple[str, ...]:
        """Look again which tokens are in; returns their serial numbers."""
        with translated():
            return tuple(_serial(token) for token in self._tokens())

    def forget_slots(self) -> None:
        """Let the module begin anew, so that it sees what is in; sessions on it end."""
        with translated():
            self._lib.reinitialize()

    def tokens(self) -> tuple[TokenInfo, ...]:
        """Look again at all slots and describe the tokens in them; asks for no PIN."""
        now = datetime.now(UTC)
        return tuple(self._describe(token, now) for token in self._tokens())

    def login(
        self, *, serial: str, certificate_sha256: str, pin: Pin, last_try: bool = False
    ) -> Session:
        """Open a session on the token with this serial number and certificate, trying the PIN once.

        A key that wants its PIN each time gets the same PIN for its one signature, once the token has taken it.

        Raises:
            SigningError: before a PIN is sent `token.none`, `token.wrong_token`, `certificate.…` (it may
                not sign), `token.pin_locked`, `token.pin_last_try` (only `last_try` spends it); then
                `token.pin_incorrect` with the PIN's `state` afterwards, `token.key_missing`,
                `token.pin_pad_each_time`.
        """
        token, certificate = self._find(serial, certificate_sha256)
        problem = certs.why_cannot_sign(certificate[1], datetime.now(UTC))
        if problem:
            raise SigningError(problem, subject=certs.common_name(certificate[1].subject))
        state = pin_state(token)
        if state is PinState.LOCKED:
            raise SigningError("token.pin_locked", token=token.label)
        if state is PinState.FINAL and not last_try:
            raise SigningError("token.pin_last_try", token=token.label)
        return self._login(token, certificate, pin)

    def _login(
        self, token: pkcs11.Token, certificate: tuple[bytes, x509.Certificate], pin: Pin
    ) -> Session:
        pin_pad = bool(token.flags & TokenFlag.PROTECTED_AUTHENTICATION_PATH)
        typed = None if pin_pad else pin.take()
        if typed == "":
            raise SigningError("token.pin_empty")
        try:
            with translated():
                session = token.open(
                    user_pin=pkcs11.types.PROTECTED_AUTH if typed is None else typed
                )
        except SigningError as error:
            state = self._state_after_refusal(token)
            if error.code == "token.pin_incorrect" and state is PinState.OK:
                # A wrong PIN since the last right one is what LOW means; not every module raises its flag.
                state = PinState.LOW
            raise SigningError(
                error.code, **{**error.params, "state": state.value, "token": token.label}
            ) from error
        try:
            return Session(session, *certificate, Pin(typed) if typed else None)
        except BaseException:
            with suppress(pkcs11.exceptions.PKCS11Error):  # as of a token that is gone
                session.close()
            raise

    def _state_after_refusal(self, refused: pkcs11.Token) -> PinState:
        """Look at the token again; why that fails must not hide that the PIN was refused."""
        try:
            # Quirk(python-pkcs11 0.9 and 0.10): a refused login leaks its session; C_Finalize drops it.
            with translated():
                self._lib.reinitialize()
            same = [item for item in self._tokens() if _serial(item) == _serial(refused)]
        except SigningError:
            return PinState.UNKNOWN
        same.sort(key=lambda item: item.slot.slot_id != refused.slot.slot_id)
        return pin_state(same[0]) if same else PinState.UNKNOWN

    def _tokens(self) -> Iterator[pkcs11.Token]:
        """Look at all slots; a token that fails is an error only where no other answers."""
        is_answered, failure = False, None
        with translated():
            for slot in self._lib.get_slots(token_present=True):
                try:
                    token = slot.get_token()
                except (pkcs11.exceptions.TokenNotRecognised, pkcs11.exceptions.TokenNotPresent):
                    continue
                except pkcs11.exceptions.PKCS11Error as error:
                    failure = error
                    continue
                if token.flags & TokenFlag.TOKEN_INITIALIZED:
                    is_answered = True
                    yield token
            if failure is not None and not is_answered:
                raise failure

    def _find(
        self, serial: str, certificate_sha256: str
    ) -> tuple[pkcs11.Token, tuple[bytes, x509.Certificate]]:
        found = list(self._tokens())
        for token in found:
            # A card with several PINs has a slot for each, all with its serial number.
            if _serial(token) == serial:
                certificate = _certificate_of(token, certificate_sha256)
                if certificate is not None:
                    return token, certificate
        raise SigningError("token.wrong_token" if found else "token.none", serial=serial)

    def _describe(self, token: pkcs11.Token, now: datetime) -> TokenInfo:
        with translated():
            found = _certificates(token)
            listed = token.slot.get_mechanisms()
            has_pss = not PSS_LISTED.isdisjoint(listed)
            return TokenInfo(
                module=str(self.path),
                slot=token.slot.slot_id,
                label=token.label,
                serial=_serial(token),
                manufacturer=token.manufacturer_id,
                model=token.model,
                pin_state=pin_state(token),
                pin_pad=bool(token.flags & TokenFlag.PROTECTED_AUTHENTICATION_PATH),
                certificates=tuple(
                    certificate_info(key_id.hex(), certificate, now, has_pss=has_pss)
                    for key_id, certificate in found
                    if not certs.is_authority(certificate)
                ),
                authorities=tuple(
                    certificate.public_bytes(Encoding.DER)
                    for _, certificate in found
                    if certs.is_authority(certificate)
                ),
                mechanisms=usable_mechanisms(listed),
            )


class Session:
    """A logged-in session: signs with the key whose CKA_ID is the certificate's, until it is closed.

    `pin` is for one signature of a key that wants its PIN each time; with any other key it is forgotten here.
    """

    def __init__(
        self,
        session: pkcs11.Session,
        key_id: bytes,
        certificate: x509.Certificate,
        pin: Pin | None = None,
    ) -> None:
        self._session = session
        self.certificate = certificate
        self.chain = tuple(
            item for _, item in _read_certificates(session) if certs.is_authority(item)
        )
        with translated():
            keys = list(
                session.get_objects(
                    {Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.ID: key_id}
                )
            )
        if not keys:
            raise SigningError("token.key_missing", subject=certs.common_name(certificate.subject))
        self._key: Any = keys[0]
        with translated():
            self.wants_pin_each_time = bool(
                self._key.get_attributes([Attribute.ALWAYS_AUTHENTICATE]).get(
                    Attribute.ALWAYS_AUTHENTICATE
                )
            )
            self._mechanisms = session.token.slot.get_mechanisms()
        if self.wants_pin_each_time and pin is None:
            # python-pkcs11 asks no pad for a context-specific login.
            raise SigningError(
                "token.pin_pad_each_time", subject=certs.common_name(certificate.subject)
            )
        self._pin = pin if self.wants_pin_each_time else None

    def opened_key(self) -> OpenedKey:
        """Describe the key that is open."""
        return OpenedKey(
            self.certificate.public_bytes(Encoding.DER),
            tuple(item.public_bytes(Encoding.DER) for item in self.chain),
            self.wants_pin_each_time,
        )

    def sign(self, data: bytes, digest: str) -> bytes:
        """Sign data and check the result against the certificate before giving it out.

        Args:
            data: the bytes to sign (the CMS signed attributes), not their hash.
            digest: "sha256", "sha384" or "sha512".

        Returns:
            The raw signature: RSASSA-PKCS1-v1_5, or DER-encoded ECDSA.

        Raises:
            SigningError: `token.bad_signature` when the token answered with a signature that is not this certificate's;
                `token.pin_each_time` when the key wants its PIN again.
        """
        with translated():
            raw = self._raw(data, digest)
        verify_raw(self.certificate, raw, data, digest)
        return raw

    def sign_pss(self, data: bytes, digest: str, salt_bytes: int) -> bytes:
        """Sign data with RSASSA-PSS and MGF1 over the same digest; arguments and errors as `sign`.

        Raises:
            SigningError: `token.no_pss` where the token lists no such mechanism, or the key is none of RSA.
        """
        whole, hashed, mask = PSS_MECHANISMS[digest]
        parameters = (hashed, mask, salt_bytes)
        with translated():
            if self._key.key_type != KeyType.RSA:
                raise SigningError(
                    "token.no_pss", subject=certs.common_name(self.certificate.subject)
                )
            if whole in self._mechanisms:
                raw = self._with_key(data, whole, parameters)
            elif Mechanism.RSA_PKCS_PSS in self._mechanisms:
                raw = self._with_key(_hash(data, digest), Mechanism.RSA_PKCS_PSS, parameters)
            else:
                raise SigningError(
                    "token.no_pss", subject=certs.common_name(self.certificate.subject)
                )
        verify_raw(self.certificate, raw, data, digest, pss_salt_bytes=salt_bytes)
        return raw

    def _raw(self, data: bytes, digest: str) -> bytes:
        if self._key.key_type == KeyType.EC:
            plain = self._with_key(_hash(data, digest), Mechanism.ECDSA)
            half = len(plain) // 2
            return encode_dss_signature(
                int.from_bytes(plain[:half], "big"), int.from_bytes(plain[half:], "big")
            )
        mechanism = RSA_MECHANISMS[digest]
        if mechanism in self._mechanisms:
            return self._with_key(data, mechanism)
        return self._with_key(DIGEST_INFO[digest] + _hash(data, digest), Mechanism.RSA_PKCS)

    def _with_key(self, data: bytes, mechanism: Mechanism, parameters: object = None) -> bytes:
        pin, self._pin = self._pin, None
        if self.wants_pin_each_time and pin is None:
            raise SigningError(
                "token.pin_each_time", subject=certs.common_name(self.certificate.subject)
            )
        typed = pin.take() if pin is not None else None
        return bytes(
            self._key.sign(data, mechanism=mechanism, mechanism_param=parameters, pin=typed)
        )

    def close(self) -> None:
        """Log out and forget the session; a token that is gone is no error here."""
        try:
            self._session.close()
        except pkcs11.exceptions.PKCS11Error:
            return

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def pin_state(token: pkcs11.Token) -> PinState:
    """Read the user PIN's state from a token's flags, as they were when the token was last looked at."""
    flags = token.flags
    if flags & TokenFlag.USER_PIN_LOCKED:
        return PinState.LOCKED
    if flags & TokenFlag.USER_PIN_FINAL_TRY:
        return PinState.FINAL
    if flags & TokenFlag.USER_PIN_COUNT_LOW:
        return PinState.LOW
    return PinState.OK if flags & TokenFlag.USER_PIN_INITIALIZED else PinState.UNKNOWN


def _hash(data: bytes, digest: str) -> bytes:
    state = hashes.Hash(HASHES[digest])
    state.update(data)
    return state.finalize()


def _serial(token: pkcs11.Token) -> str:
    return bytes(token.serial).decode("ascii", "replace").strip("\0 ")


def _certificates(token: pkcs11.Token) -> list[tuple[bytes, x509.Certificate]]:
    with token.open() as session:
        return _read_certificates(session)


def _read_certificates(session: pkcs11.Session) -> list[tuple[bytes, x509.Certificate]]:
    found: dict[x509.Certificate, bytes] = {}  # some tokens hold, or list, one twice
    with translated():
        for item in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}):
            try:
                certificate = x509.load_der_x509_certificate(bytes(item[Attribute.VALUE]))
                found.setdefault(certificate, bytes(item[Attribute.ID]))
            except (ValueError, pkcs11.exceptions.PKCS11Error):
                continue
    return [(key_id, certificate) for certificate, key_id in found.items()]


def _certificate_of(token: pkcs11.Token, sha256: str) -> tuple[bytes, x509.Certificate] | None:
    with translated():
        for key_id, certificate in _certificates(token):
            if certs.fingerprint(certificate) == sha256:
                return key_id, certificate
    return None

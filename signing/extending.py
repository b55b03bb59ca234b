"""Brings a signed file to a higher PAdES level by incremental updates; no byte that is there is touched.

A signature that was made offline has no time stamp of its own, and none can be put into it without rewriting it: a
document time stamp over the file proves that it existed (ETSI EN 319 142-1, clause 6.3: B-T by either). Then the
document security store gets what judges every certificate on its own (B-LT), and a last time stamp keeps that (B-LTA).
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.validation.dss import DocumentSecurityStore

from signing.cms import check_token, signature_tokens
from signing.embedded import Found, find_signatures
from signing.errors import SigningError
from signing.evidence import collect_evidence
from signing.extension import ExtendedFile, ExtensionRequest
from signing.opening import BLOCK_BYTES, append_only, copy_hashed, hash_on, writer
from signing.pades import free_name
from signing.terms import FIELD_STEMS, PadesLevel, SignatureKind
from signing.timestamp import ROOM_BYTES, TimestampAuthorities
from signing.trust import ChainData, ChainJudge, TrustAnchors
from signing.tsa_client import never

DIGEST = "sha256"
_STAMP = SignatureKind.DOCUMENT_TIMESTAMP


@dataclass(slots=True)
class _Progress:
    authorities: TimestampAuthorities
    gained: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def extend_file(
    base: Path,
    out: Path,
    request: ExtensionRequest,
    trust: TrustAnchors,
    *,
    given_up: Callable[[], bool] = never,
) -> ExtendedFile:
    """Extend `base` into the new file `out`, as far as the services answer; durable on disk when this returns.

    Args:
        base: a signed file.
        out: the new file; begins with the base's bytes.
        request: what is wanted, of which bytes, and who is asked.
        trust: whom to believe; its CRLs are used too.
        given_up: says whether the person waits no more for a time stamp.

    Raises:
        SigningError: `sign.not_what_was_shown`, `extend.unsigned`, `extend.nothing_to_add`; `extend.no_services` when
            nothing could be gained, with the `reason`; `sign.not_written`; as `signing.opening.writer`. Nothing is
            left at `out` then.
    """
    authorities = TimestampAuthorities(
        request.tsa_urls, timeout_s=request.tsa_timeout_s, trust=trust, given_up=given_up
    )
    progress = _Progress(authorities)
    try:
        state = copy_hashed(base, out)
        if state.hexdigest() != request.base_sha256:
            raise SigningError("sign.not_what_was_shown")
        out.chmod(0o600)
        size_bytes = out.stat().st_size
        _extend(out, request, trust, progress)
        if not progress.gained:
            _refuse(progress)
        sha256 = hash_on(state, out, size_bytes)
    except OSError as error:
        out.unlink(missing_ok=True)
        raise SigningError("sign.not_written", errno=error.errno) from error
    except BaseException:
        out.unlink(missing_ok=True)
        raise
    return ExtendedFile(
        out,
        sha256,
        tuple(progress.gained),
        tuple(dict.fromkeys(progress.notes)),
        tuple(authorities.tries),
    )


def _extend(out: Path, request: ExtensionRequest, trust: TrustAnchors, progress: _Progress) -> None:
    with out.open("rb+") as stream, writer(stream) as update:
        found = [item for item in find_signatures(update.prev) if item.signature is not None]
    signatures = [item for item in found if item.kind is not _STAMP]
    if not signatures:
        raise SigningError("extend.unsigned")
    if request.level is PadesLevel.B_B:
        return
    if not all(_has_time(item, found) for item in signatures) and not _stamp(out, progress):
        return
    if request.level is PadesLevel.B_T:
        return
    is_whole = _add_data(out, request, trust, progress)
    if request.level is PadesLevel.B_LTA and is_whole:
        _archive(out, progress)


def _has_time(item: Found, found: list[Found]) -> bool:
    """Say whether a signature has a time stamp of its own, or a document time stamp after it."""
    signature: Any = item.signature
    if signature_tokens(signature.signer_info):
        return True
    return any(
        other.kind is _STAMP
        and other.signature is not None
        and other.signature.signed_revision > signature.signed_revision
        for other in found
    )


def _stamp(out: Path, progress: _Progress) -> bool:
    """Add a document time stamp (ISO 32000-2, 12.8.5); without an authority the file stays as it is."""
    size_bytes = out.stat().st_size
    try:
        with append_only(out) as stream, writer(stream) as update:
            stamper = PdfTimeStamper(
                progress.authorities, field_name=free_name(update, FIELD_STEMS[_STAMP])
            )
            asyncio.run(
                stamper.async_timestamp_pdf(
                    update,
                    DIGEST,
                    bytes_reserved=2 * ROOM_BYTES,
                    in_place=True,
                    chunk_size=BLOCK_BYTES,
                )
            )
    except TimestampRequestError:
        # The room for the stamp is written before the authority is asked.
        os.truncate(out, size_bytes)
        progress.notes += progress.authorities.notes or ("timestamp.missing",)
        return False
    progress.gained.append("document_timestamp")
    return True


def _archive(out: Path, progress: _Progress) -> None:
    """Stamp the file once more unless the last time stamp covers the validation data already."""
    with out.open("rb+") as stream, writer(stream) as update:
        reader = update.prev
        last = max(
            (
                int(item.signature.signed_revision)
                for item in find_signatures(reader)
                if item.kind is _STAMP and item.signature is not None
            ),
            default=-1,
        )
        is_archived = last == int(reader.total_revisions) - 1 and "validation_data" not in (
            progress.gained
        )
    if not is_archived:
        _stamp(out, progress)


def _add_data(
    out: Path, request: ExtensionRequest, trust: TrustAnchors, progress: _Progress
) -> bool:
    """Add what is missing to the document security store; says whether every certificate is covered then."""
    with append_only(out) as stream, writer(stream) as update:
        found = [item for item in find_signatures(update.prev) if item.signature is not None]
        evidence = collect_evidence(update.prev, [item.signature for item in found])
        own = ChainJudge(replace(trust, crls=()), evidence, online=False)
        asked = ChainJudge(trust, evidence, online=True, within_s=request.status_s)
        data = asyncio.run(_gather((own, asked), found))
        whole = [item for item in data if item is not None]
        if len(whole) < len(data):
            progress.notes.append("extend.status_missing")
        store = DocumentSecurityStore.supply_dss_in_writer(
            update,
            None,
            certs=[one for item in whole for one in item.certificates],
            ocsps=[one for item in whole for one in item.ocsps],
            crls=[one for item in whole for one in item.crls],
        )
        if store.modified:
            update.write_in_place()
            progress.gained.append("validation_data")
        return len(whole) == len(data)


async def _gather(judges: tuple[ChainJudge, ...], found: list[Found]) -> list[ChainData | None]:
    """Return every certificate's data by the first judge that has it: what the file holds is not fetched again."""
    now = datetime.now(UTC)
    data: dict[bytes, ChainData | None] = {}
    for certificate, others in _certificates(found):
        for judge in judges:
            judge.learn(others)
        if certificate is None:
            data[b""] = None
            continue
        key = certificate.dump()
        for judge in judges:
            if data.get(key) is None:
                data[key] = await judge.data_for(certificate, now)
    return list(data.values())


def _certificates(found: list[Found]) -> Iterator[tuple[Any, list[Any]]]:
    """Yield every certificate that signs or stamps, with those that came along."""
    for item in found:
        signature: Any = item.signature
        yield signature.signer_cert, list(signature.other_embedded_certs)
        if item.kind is _STAMP:
            continue
        for content in signature_tokens(signature.signer_info):
            # Who stamped is asked here, not what: the imprint is judged when the file is verified.
            token = check_token(content, lambda _name: b"")
            yield token.certificate, list(token.certificates)


def _refuse(progress: _Progress) -> None:
    if progress.notes:
        raise SigningError("extend.no_services", reason=progress.notes[-1])
    raise SigningError("extend.nothing_to_add")

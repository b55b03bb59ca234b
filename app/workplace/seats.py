"""Which of a document's signers I am."""

from __future__ import annotations

from app.workflow.documents import Document, Person, Signer, same_name


def my_seat_on(document: Document, person: Person) -> Signer | None:
    """Return the signer of a document who is this person: by a fingerprint that the server knows, else by name."""
    for signer in document.signers:
        if signer.certificate_sha256 in person.certificate_sha256:
            return signer
    return next((item for item in document.signers if same_name(item.name, person.name)), None)

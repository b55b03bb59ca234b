"""What a person does with an open document, and how far opening it has come."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from app.workflow.documents import Queue
from app.workplace.records import OrderKind
from signing.terms import SignatureKind


class DocumentPhase(StrEnum):
    """How far opening has come."""

    EMPTY = "empty"
    OPENING = "opening"
    READY = "ready"
    REFUSED = "refused"  # it cannot be shown; `problem` says why


class DocumentMode(StrEnum):
    """What the person does with the document."""

    SIGN = "sign"
    ISSUE = "issue"
    INITIAL = "initial"
    COPY = "copy"  # sao y, sao lục, trích sao
    READ = "read"


MODES: Mapping[Queue, DocumentMode] = {
    Queue.TO_SIGN: DocumentMode.SIGN,
    Queue.TO_ISSUE: DocumentMode.ISSUE,
    Queue.TO_INITIAL: DocumentMode.INITIAL,
    Queue.INCOMING: DocumentMode.READ,
    Queue.RECEIVED: DocumentMode.READ,
}


KINDS = {
    DocumentMode.ISSUE: SignatureKind.SEAL,
    DocumentMode.INITIAL: SignatureKind.INITIAL,
    DocumentMode.COPY: SignatureKind.COPY,
}
ORDERS = {
    DocumentMode.ISSUE: OrderKind.ISSUE,
    DocumentMode.INITIAL: OrderKind.INITIAL,
    DocumentMode.COPY: OrderKind.COPY,
}
SIGNING = (DocumentMode.SIGN, DocumentMode.INITIAL)

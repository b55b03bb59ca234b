"""The sample drafts of the demo office, laid out as Decree 30/2020 asks."""

from app.demo.drafts.samples import (
    initialled_draft,
    more_drafts,
    paper_copy,
    sample_drafts,
    sample_incoming,
    word_draft,
)
from app.demo.drafts.spec import Builder, DraftFile, DraftSigner, DraftSpec, IncomingSpec

__all__ = [
    "Builder",
    "DraftFile",
    "DraftSigner",
    "DraftSpec",
    "IncomingSpec",
    "initialled_draft",
    "more_drafts",
    "paper_copy",
    "sample_drafts",
    "sample_incoming",
    "word_draft",
]

"""Which updates a signature survives: pyHanko's rules, with ours where they blame good files or trust bad ones.

Every rule here *adds* approvals for objects that nothing shown on a page reaches; what stays unexplained is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pyhanko.pdf_utils.xref import XRefCache
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DocInfoRule,
    FormUpdate,
    FormUpdatingRule,
    GenericFieldModificationRule,
    MetadataUpdateRule,
    ModificationLevel,
    ObjectStreamRule,
    QualifiedWhitelistRule,
    ReferenceUpdate,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    SuspiciousModification,
    XrefStreamRule,
)
from pyhanko.sign.diff_analysis.commons import compare_dicts
from pyhanko.sign.diff_analysis.constants import FORMFIELD_ALWAYS_MODIFIABLE, VALUE_UPDATE_KEYS
from pyhanko.sign.diff_analysis.form_rules_api import FieldMDPRule

from signing.pdf_objects import entry, is_dictionary, raw_items, reference_of
from signing.reachability import reachable
from signing.structure_tree import StructureTreeRule

_DSS_KEYS = frozenset({"/Type", "/VRI", "/Certs", "/CRLs", "/OCSPs"})


class TolerantXrefs(XRefCache):
    """Answers for references that no revision ever defined: null, so never new (ISO 32000-1, 7.3.10)."""

    def get_introducing_revision(self, ref: Any) -> int:
        """The revision that brought the object, 0 for one that never came."""
        try:
            return int(super().get_introducing_revision(ref))
        except KeyError:
            return 0

    def get_last_change(self, ref: Any) -> int:
        """The revision that last touched the object, 0 for one that never came."""
        try:
            return int(super().get_last_change(ref))
        except KeyError:
            return 0


class ValidationDataRule(QualifiedWhitelistRule):
    """Approves any rewrite of the document security store, VRI entries included (libraries.md, fact 7).

    Only objects that nothing outside of the store reaches in the signed revision, not even by a reference that
    dangles: a page that points at an object to come would show it.
    """

    def apply_qualified(
        self, old: Any, new: Any
    ) -> Iterable[tuple[ModificationLevel, ReferenceUpdate]]:
        """Yield the store's objects."""
        if "/DSS" not in new.root:
            return
        store = new.root["/DSS"]
        if not is_dictionary(store) or not store.keys() <= _DSS_KEYS:
            raise SuspiciousModification("The document security store has an unknown shape.")
        touched = new.explicit_refs_in_revision()
        parts = new.collect_dependencies(new.root.raw_get("/DSS")) & touched
        if parts:
            for ref in parts - reachable(old, without={"/DSS"}):
                yield ModificationLevel.LTA_UPDATES, ReferenceUpdate(ref)


class FreedObjectRule(QualifiedWhitelistRule):
    """Approves freeing what no reader could reach in the signed revision, or only as validation or meta data."""

    def apply_qualified(
        self, old: Any, new: Any
    ) -> Iterable[tuple[ModificationLevel, ReferenceUpdate]]:
        """Yield the freed objects that do not matter."""
        freed = {
            ref
            for ref in new.explicit_refs_in_revision()
            if new.reader.xrefs.get_historical_ref(ref, new.revision) is None
        }
        if freed:
            for ref in freed - reachable(old, without={"/DSS", "/Metadata"}):
                yield ModificationLevel.LTA_UPDATES, ReferenceUpdate(ref)


class WidgetValueRule(FieldMDPRule):
    """Approves the widgets (kids without a name) of a field whose value was changed; pyHanko knows merged ones only."""

    def apply(self, context: Any) -> Iterable[tuple[ModificationLevel, FormUpdate]]:
        """Yield the widgets and their new appearances."""
        for name, spec in context.field_specs.items():
            if spec.field_type == "/Sig" or not spec.old_field_ref or not spec.new_field_ref:
                continue
            old_kids, new_kids = _kids(spec.old_field), _kids(spec.new_field)
            if not old_kids or old_kids != new_kids:
                continue
            for ref in new_kids:
                yield from _widget_updates(context, name, ref)


def _widget_updates(
    context: Any, name: str, ref: Any
) -> Iterator[tuple[ModificationLevel, FormUpdate]]:
    old, new = context.old(ref), context.new(ref)
    if not is_dictionary(new) or "/T" in new or old == new:
        return
    compare_dicts(old, new, VALUE_UPDATE_KEYS)
    harmless = compare_dicts(old, new, FORMFIELD_ALWAYS_MODIFIABLE, raise_exc=False)
    yield (
        ModificationLevel.FORM_FILLING,
        FormUpdate(ref, field_name=name, valid_when_locked=harmless),
    )
    if "/AP" in new:
        appearance = new.raw_get("/AP")
        since = context.old.revision + 1
        for part in context.new.collect_dependencies(appearance, since_revision=since):
            yield ModificationLevel.FORM_FILLING, FormUpdate(part, field_name=name)


def _kids(field: Any) -> list[Any]:
    refs = [reference_of(kid) for kid in raw_items(entry(field, "/Kids"))]
    return [ref for ref in refs if ref is not None]


POLICY = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(),
        DocInfoRule().as_qualified(ModificationLevel.LTA_UPDATES),
        XrefStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
        ObjectStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
        ValidationDataRule(),
        MetadataUpdateRule().as_qualified(ModificationLevel.LTA_UPDATES),
        FreedObjectRule(),
        StructureTreeRule(),
    ],
    form_rule=FormUpdatingRule(
        field_rules=[
            # A certification with P >= 2 that is signed further: told apart by `signing.changes`, not refused.
            SigFieldCreationRule(allow_new_visible_after_certify=True),
            SigFieldModificationRule(),
            # /I: which choices of a list are marked goes with its value (ISO 32000-2, table 234).
            GenericFieldModificationRule(value_update_keys=VALUE_UPDATE_KEYS | {"/I"}),
            WidgetValueRule(),
        ],
    ),
    reject_object_freeing=False,
)
"""Compares a signed revision with one later revision; raises `SuspiciousModification`."""

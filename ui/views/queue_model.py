"""The queue's rows as Qt's lists want them: a heading for each urgency, then its documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from ui.viewmodels.queue_rows import Group, Row
from ui.widgets.elided_label import tip

ENTRY = Qt.ItemDataRole.UserRole
"""The role of the `Row` or, for a heading, the `Group` itself."""
_NOWHERE = QModelIndex()
Entry = Row | Group
Index = QModelIndex | QPersistentModelIndex


class QueueModel(QAbstractListModel):
    """Holds what is shown. `told` puts an entry into words for whoever listens instead of looking."""

    def __init__(self, told: Callable[[Entry], str]) -> None:
        super().__init__()
        self._told = told
        self._entries: list[Entry] = []
        self._places: dict[str, int] = {}

    def show_groups(self, groups: Sequence[Group]) -> bool:
        """Show other groups; return whether rows came, went or moved."""
        entries: list[Entry] = []
        for group in groups:
            entries.append(group)
            entries.extend(group.rows)
        if _order(entries) == _order(self._entries):
            self._entries = entries
            if entries:
                # All of them: ten thousand comparisons take longer than painting the ten in sight.
                self.dataChanged.emit(self.index(0, 0), self.index(len(entries) - 1, 0))
            return False
        self.beginResetModel()
        self._entries = entries
        self._places = {
            entry.task.document_id: row
            for row, entry in enumerate(entries)
            if isinstance(entry, Row)
        }
        self.endResetModel()
        return True

    def headings(self) -> tuple[int, ...]:
        """Return which rows are headings."""
        return tuple(row for row, entry in enumerate(self._entries) if isinstance(entry, Group))

    def place(self, document_id: str | None) -> QModelIndex:
        """Return where a document stands; nowhere where it is not shown."""
        row = None if document_id is None else self._places.get(document_id)
        return QModelIndex() if row is None else self.index(row, 0)

    def entry(self, index: Index) -> Entry | None:
        """Return what stands there."""
        return self._entries[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many entries there are."""
        return 0 if parent.isValid() else len(self._entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that documents can be chosen and headings cannot."""
        if isinstance(self.entry(index), Row):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the entry, or what is said of it."""
        entry = self.entry(index)
        if entry is None:
            return None
        if role == ENTRY:
            return entry
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._told(entry)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._told(entry))
        return None


def _order(entries: Sequence[Entry]) -> list[str]:
    return [
        entry.task.document_id if isinstance(entry, Row) else entry.urgency.value
        for entry in entries
    ]

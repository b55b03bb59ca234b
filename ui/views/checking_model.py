"""The rows of a check of many files as Qt's lists want them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon

from ui.viewmodels.checking import CheckedRow
from ui.widgets.elided_label import tip

_NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class CheckingModel(QAbstractListModel):
    """Holds what is shown: rows come at the end, in pieces, so that ten thousand stall nobody.

    Args:
        told: puts a row into words.
        icon_of: draws its verdict.
    """

    def __init__(
        self, told: Callable[[CheckedRow], str], icon_of: Callable[[CheckedRow], QIcon]
    ) -> None:
        super().__init__()
        self._told = told
        self._icon_of = icon_of
        self._rows: tuple[CheckedRow, ...] = ()

    def show_rows(self, rows: tuple[CheckedRow, ...]) -> None:
        """Show these rows."""
        held = len(self._rows)
        if (
            held
            and len(rows) >= held
            and rows[held - 1] is self._rows[-1]
            and rows[0] is self._rows[0]
        ):
            if len(rows) > held:
                self.beginInsertRows(QModelIndex(), held, len(rows) - 1)
                self._rows = rows
                self.endInsertRows()
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def say_anew(self) -> None:
        """Have all rows said and drawn again."""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))

    def row(self, index: Index) -> CheckedRow | None:
        """Return what stands there."""
        return self._rows[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what is said of a row, and its verdict's icon."""
        row = self.row(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icon_of(row)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._told(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._told(row))
        return None

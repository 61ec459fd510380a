"""A list of choices: each with its key, one of them marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text
from textual.widget import Widget
from textual.widgets import Static

from imago_tui.inert import inert

if TYPE_CHECKING:
    from rich.console import RenderableType

MARK, PLAIN = "▸ ", "  "


class Row(NamedTuple):
    """A choice as it is drawn: how its key is written, and its words."""

    key: str
    label: str


class Choices(Static):
    """Draws rows; ``marked`` is the one with the sign before it."""

    DEFAULT_CSS = "Choices { height: auto; width: 1fr; }"

    def __init__(self, rows: tuple[Row, ...], marked: int = 0) -> None:
        super().__init__(markup=False)
        self.rows = rows
        self.marked = marked

    def on_mount(self) -> None:
        """Draw for the first time."""
        self.mark(self.marked)

    def mark(self, place: int) -> None:
        """Mark another row; from the last on comes the first again."""
        self.marked = place % len(self.rows)
        self.update(self._drawn())
        self.call_after_refresh(self._see)

    def _see(self) -> None:
        holder = self.parent
        if isinstance(holder, Widget) and len(self.rows) > 1:
            share = self.marked / (len(self.rows) - 1)
            holder.scroll_to(y=round(share * holder.max_scroll_y), animate=False)

    def _drawn(self) -> RenderableType:
        width = max((cell_len(row.key) for row in self.rows), default=0)
        table = Table.grid(padding=(0, 1, 0, 0))
        table.add_column(width=2 + width, no_wrap=True)
        table.add_column(ratio=1)
        for place, row in enumerate(self.rows):
            style = "bold" if place == self.marked else ""
            mark = MARK if place == self.marked else PLAIN
            table.add_row(Text(mark + row.key, style), Text(inert(row.label), style))
        return table

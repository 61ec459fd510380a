"""The table: draws the scene of a talk, and sends back what was pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from imago_tui.tui import commands
from imago_tui.tui.screens.base import Quiet

if TYPE_CHECKING:
    from textual.binding import BindingType

    from imago_tui.session import Session


class TableScreen(Quiet[None]):
    """Two people and a talk. ``left``: the person on the left."""

    where: ClassVar[commands.Where] = "table"
    BINDINGS: ClassVar[list[BindingType]] = [
        *commands.bindings("table"),
        *commands.seat_bindings(),
    ]

    def __init__(self, session: Session, left: int) -> None:
        super().__init__()
        self.session, self.left = session, left

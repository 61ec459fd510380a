"""Typing a row at the table: one field after the other, in the same place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui import rowtext
from imago_tui.dialogue.events import BadAnswer, BadWhen, Event
from imago_tui.dialogue.rows import Filling
from imago_tui.now import local_now
from imago_tui.tui.screens.writing import Writing

if TYPE_CHECKING:
    from imago_tui.session import Session


class Rowed(Writing):
    """The part of the table where a list is written. A field that can't be read stays open."""

    def __init__(self, session: Session, left: int) -> None:
        super().__init__(session, left)
        self._row: Filling | None = None

    @property
    def so_far(self) -> str:
        """The fields that are filled, and the one that is being typed."""
        if self._row is None:
            return super().so_far
        return "\n".join((*self._row.fields, super().so_far))

    def open_field(self, who: int, words_so_far: str = "") -> None:
        """A field for ``who``; of a row that was begun, the one where it stopped."""
        columns = self.session.scene(typing=who).columns
        *filled, here = words_so_far.split("\n", max(0, len(columns) - 1))
        row = Filling(columns)
        for place, field in enumerate(filled):
            try:
                row = row.taken(field, local_now())
            except (BadAnswer, BadWhen):  # a day that has passed since: it is asked for again
                filled, here = filled[:place], field
                break
        self._row = row if columns else None
        super().open_field(who, here if columns else words_so_far)
        if filled:
            self._ask_field(who, here)
        elif columns:
            self.change(column=0)

    def forget_field(self) -> None:
        """No field, and nothing left of the row."""
        self._row = None
        super().forget_field()

    def _ask_field(self, who: int, text: str = "") -> None:
        """The next field of the row."""
        column = self._row.column if self._row is not None else None
        if self._row is not None and column is not None:
            self.change(column=len(self._row.fields))
            self.pane_of(who).open_field(rowtext.hint(column), text)

    def _take(self, typed: str | None, answer: str | None) -> None:
        if self._row is None or self.choice_open:
            super()._take(typed, answer)
        else:
            self.imago.decide(lambda: self._field_taken(typed or ""))

    def send_nothing(self) -> None:
        """Enter in an empty field: of a row, what may stay empty does."""
        if self._row is not None and not self.choice_open:
            self._take("", None)
        else:
            super().send_nothing()

    def _field_taken(self, typed: str) -> None:
        row, who = self._row, self.look.typing
        column = row.column if row is not None else None
        if row is None or column is None or who is None:
            return
        try:
            self._row = row = row.taken(typed, local_now())
        except (BadAnswer, BadWhen) as mishap:
            self.say(rowtext.amiss(mishap, column))
            return
        if row.column is not None:
            self.say("")  # what was amiss with this field is over
            self._ask_field(who)
            self.save_draft()
            return
        self.say("")
        self.do(Event(self.scene.writes, who, words=row.text, when=row.day))

    def do(self, *taken: Event) -> None:
        """Take steps of the talk; beside words that were written, a kind suggestion."""
        stage = self.session.state.stage
        super().do(*taken)
        if kindly := rowtext.kindly(stage, taken[-1].words):
            self.say(kindly)

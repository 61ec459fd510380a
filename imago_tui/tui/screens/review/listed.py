"""A page that is a list: what to remember, a topic, what is still open, a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text
from textual.widgets import Static

from imago_tui import retelling
from imago_tui.inert import inert
from imago_tui.review.shown import Heading, Leaf, Titles
from imago_tui.tui.screens.review.base import LOW, ReviewScreen, Step, To
from imago_tui.tui.widgets.roll import Roll
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from textual.app import ComposeResult

    from imago_tui.journal.entry import Head
    from imago_tui.looking_back import Item

DAY = 8
"""Cells for the day of the week and of the month."""
MOST_LINES = 6
"""Lines of one leaf in a list; reading it shows all."""

_console = Console(width=80, file=None, force_terminal=False)


class ListScreen(ReviewScreen):
    """Shows items; Enter gives the one that is marked.

    Args:
        title: what it is.
        items: headings, leaves and dialogues, in order.
        empty: what stands there when there are none.
        marked: the place that is marked first.
        goes: where Enter leads with an item's id.
        page, day, note, readers: as for `ReviewScreen`.
    """

    def __init__(  # noqa: PLR0913  a page is its parts
        self, title: str, items: Sequence[Item], *, empty: str = "", marked: int = 0,
        page: To | None = None, day: date | None = None, note: str = "", readers: str = "",
        goes: To = "read",
    ) -> None:  # fmt: skip
        super().__init__(title, page=page, day=day, note=note, readers=readers)
        self.items = items
        self._goes = goes
        self._empty = empty
        self._marked = marked
        self._titles = Titles()

    def body(self) -> ComposeResult:
        """The list, or that there is nothing in it."""
        roll = Roll(self.items, self._drawn, lambda item: isinstance(item, Heading), self._marked)
        roll.display = bool(self.items)
        yield roll
        nothing = Static(inert(self._empty), id="empty", markup=False)
        nothing.display = not self.items
        yield nothing

    @property
    def roll(self) -> Roll[Item]:
        """The list."""
        return self.query_one(Roll)

    @property
    def place(self) -> int:
        """What is marked."""
        return self.roll.marked

    def first(self) -> tuple[str, ...]:
        """Reading is what a list is for."""
        return ("read",) if self.items else ()

    def do_up(self) -> None:
        """The one above."""
        self.roll.by(-1)
        self.moved()

    def do_down(self) -> None:
        """The one below."""
        self.roll.by(1)
        self.moved()

    def do_page_up(self) -> None:
        """A screenful up."""
        self.roll.page(-1)
        self.moved()

    def do_page_down(self) -> None:
        """A screenful down."""
        self.roll.page(1)
        self.moved()

    def do_first(self) -> None:
        """The first one."""
        self.roll.mark(0)
        self.moved()

    def do_last(self) -> None:
        """The last one."""
        self.roll.mark(len(self.items) - 1, towards=-1)
        self.moved()

    def moved(self) -> None:
        """What is marked may be another one now."""

    def not_here(self) -> frozenset[str]:
        """Left and right do nothing in a list."""
        return frozenset({"before", "after"})

    def do_take(self) -> None:
        """Read it, or go on from it."""
        item = self.roll.item
        if item is not None and not isinstance(item, Heading) and item.id:
            self.go(Step(self._goes, item.id))

    def _drawn(self, item: Item, width: int) -> list[Text]:
        if isinstance(item, Heading):
            return [Text(item.text, self._style("quiet"), no_wrap=True, end="")]
        if isinstance(item, Leaf):
            return self._leaf(item, width)
        return [self._line(item, width)]

    def _line(self, head: Head, width: int) -> Text:
        day = retelling.day_in_month(head.started)
        room = width - DAY
        return Text(f"{set_cell_size(day, DAY)}{self._title(head, room)}", no_wrap=True, end="")

    def _title(self, head: Head, room: int) -> str:
        """What it was about and what is special about it, as far as there is room."""
        state, title = retelling.state(head), inert(self._titles.of(head))
        if head.room == "together":
            # A small safe with two keyholes: one key is in, or both are.
            safe = words(f"review.safe.{'both_open' if head.topic else 'one_open'}")
            return _cut(f"{safe} {title if head.topic else state}", room)
        if state and cell_len(title) + cell_len(state) + 3 <= room:
            return f"{title} · {state}"
        return _cut(state if state and not head.topic else title, room)

    def _leaf(self, leaf: Leaf, width: int) -> list[Text]:
        lines: list[Text] = []
        if leaf.head:
            # Beside words that are kept, where they are from is the lesser thing.
            style = self._style("quiet") if leaf.text else ""
            lines.append(Text(_cut(inert(leaf.head), width), style, no_wrap=True, end=""))
        if leaf.text:
            # More than is shown need not be broken into lines either.
            text = Text(inert(leaf.text[: MOST_LINES * width]))
            broken = list(text.wrap(_console, width))
            if len(broken) > MOST_LINES or len(leaf.text) > MOST_LINES * width:
                broken = [*broken[: MOST_LINES - 1], Text("…")]
            lines += [Text(line.plain.rstrip(), no_wrap=True, end="") for line in broken]
        if leaf.foot:
            foot = _cut(inert(leaf.foot), width)
            lines.append(Text(foot, self._style("quiet"), no_wrap=True, end=""))
        if self.size.height >= LOW:
            lines.append(Text("", end=""))
        return lines

    def _style(self, name: str) -> str:
        return self.app.theme_variables.get(f"imago-{name}", "")


def _cut(text: str, room: int) -> str:
    """``text`` in one line of ``room`` cells."""
    if cell_len(text) <= room or room <= 1:
        return text
    return set_cell_size(text, room - 1).rstrip() + "…"

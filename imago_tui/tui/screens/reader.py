"""A kept dialogue, to read again: each at their side, what was given back under what was said."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Literal

from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from imago_tui import retelling
from imago_tui.inert import inert
from imago_tui.tui import commands
from imago_tui.tui.screens.base import Keys, Quiet
from imago_tui.words import words

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from imago_tui.journal.entry import Entry


After = Literal["back", "later-thought", "park"]
"""Back to the list; or what came later: for oneself, or as a topic for another day."""

WIDE = 80
"""Columns from which on the two sides stand further apart."""
AT_ONCE = 40
"""As many blocks are laid out before the screen is shown again."""


class Said(Vertical):
    """One block, at the side of the one who said it."""

    DEFAULT_CSS = """
    Said { height: auto; margin: 1 0 0 0; padding: 0 1; width: 1fr; }
    Said.left { margin: 1 6 0 0; }
    Said.right { margin: 1 0 0 6; }
    Said.wide.left { margin: 1 16 0 0; }
    Said.wide.right { margin: 1 0 0 16; }
    Said > Static { height: auto; }
    Said > .head { color: $imago-quiet; }
    Said.said > .head { color: $imago-light; }
    Said.back { border-left: vkey $imago-line; }
    Said.back.left { margin: 0 6 0 0; }
    Said.back.right { margin: 0 0 0 6; }
    Said.wide.back.left { margin: 0 16 0 0; }
    Said.wide.back.right { margin: 0 0 0 16; }
    Said.remember { border: round $imago-light; }
    Said.remember > Static { text-style: bold; }
    Said.quiet > Static { color: $imago-quiet; }
    Said.round > Static { color: $imago-quiet; text-align: center; }
    """

    def __init__(self, block: retelling.Block, left: int, *, wide: bool) -> None:
        side = "middle" if block.who is None else "left" if block.who == left else "right"
        super().__init__(classes=f"{side} {block.kind}{' wide' if wide else ''}")
        self._block = block

    def compose(self) -> ComposeResult:
        """Who, and the words."""
        if self._block.head:
            yield Static(inert(self._block.head), classes="head", markup=False)
        yield Static(inert(self._block.text), markup=False)


class ReaderScreen(Quiet[After]):
    """Shows an entry; gives what is wanted after it. ``left``: the person on the left."""

    where: ClassVar[commands.Where] = "reading"
    BINDINGS: ClassVar[list[BindingType]] = [*commands.bindings("reading")]
    DEFAULT_CSS = """
    ReaderScreen { align-horizontal: center; }
    ReaderScreen > * { max-width: 100; }
    ReaderScreen #title { text-style: bold; }
    ReaderScreen #head, ReaderScreen #who { padding: 0 1; height: auto; }
    ReaderScreen #day, ReaderScreen #who { color: $imago-quiet; }
    ReaderScreen #note { color: $imago-light; }
    ReaderScreen #head > Static { height: auto; }
    ReaderScreen #talk { height: 1fr; scrollbar-size-vertical: 1; }
    ReaderScreen #end { height: 1; }
    """

    def __init__(self, entry: Entry, left: int = 0) -> None:
        super().__init__()
        self.entry = entry
        self._left = left
        self._rest = list(retelling.retold(entry, rounds=True))

    def compose(self) -> ComposeResult:
        """What it was, the first of what was said, who can read it."""
        entry = self.entry
        one, other = entry.partners
        with VerticalScroll(id="talk", can_focus=False):
            with Vertical(id="head"):
                yield Static(inert(retelling.title(entry)), id="title", markup=False)
                two = words("review.two", one=one, other=other)
                day = retelling.day(entry.started)
                yield Static(inert(f"{two}, {day}"), id="day", markup=False)
                if entry.older_copy:
                    yield Static(words("review.older"), id="note", markup=False)
            yield from self._some()
            yield Static(id="end")
        yield Static(retelling.readers(entry), id="who", markup=False)
        yield Keys()

    def _some(self) -> list[Said]:
        """The next blocks. A long talk comes in pieces, so that its first words stand at once."""
        some, self._rest = self._rest[:AT_ONCE], self._rest[AT_ONCE:]
        return [Said(block, self._left, wide=self.app.size.width >= WIDE) for block in some]

    async def _more(self) -> None:
        while self._rest and self.is_attached:
            await self.talk.mount_all(self._some(), before="#end")
            await asyncio.sleep(0)
        self.name_keys()

    def on_mount(self) -> None:
        """What was pressed before this stood there does not close it."""
        self.imago.hand_over()
        if self._rest:
            self.run_worker(self._more(), exit_on_error=False)

    def on_resize(self) -> None:
        """Where there is room, the sides stand further apart."""
        super().on_resize()
        for said in self.query(Said):
            said.set_class(self.size.width >= WIDE, "wide")
        self.call_after_refresh(self.name_keys)

    def also(self) -> tuple[str, ...]:
        """Back, and reading on where there is more."""
        return ("leave", "page-down") if self.talk.max_scroll_y else ("leave",)

    @property
    def talk(self) -> VerticalScroll:
        """What scrolls."""
        return self.query_one("#talk", VerticalScroll)

    def do_up(self) -> None:
        """A line up."""
        self.talk.scroll_up(animate=False)

    def do_down(self) -> None:
        """A line down."""
        self.talk.scroll_down(animate=False)

    def do_page_up(self) -> None:
        """A page up."""
        self.talk.scroll_page_up(animate=False)

    def do_page_down(self) -> None:
        """A page down."""
        self.talk.scroll_page_down(animate=False)

    def do_first(self) -> None:
        """To where it begins."""
        self.talk.scroll_home(animate=False)

    def do_last(self) -> None:
        """To where it ends."""
        self.talk.scroll_end(animate=False)

    def do_leave(self) -> None:
        """Back to the list."""
        self.dismiss("back")

    def do_later_thought(self) -> None:
        """Something came to one of them since."""
        self.dismiss("later-thought")

    def do_park(self) -> None:
        """It wants a talk of its own."""
        self.dismiss("park")

"""What all screens of a look back share: from each, one key goes to every other."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from textual.widgets import Static

from imago_tui.inert import inert
from imago_tui.tui import commands
from imago_tui.tui.screens.base import Keys, Quiet
from imago_tui.words import words

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType

To = Literal[
    "leave", "read", "open", "day", "topic", "choose", "doors",
    "remembered", "timeline", "calendar", "topics", "still-open", "on-this-day",
]  # fmt: skip
"""Where somebody wants to go: out again, to one dialogue, or to another page."""

LOW, WIDE = 20, 100
"""Rows below which empty lines are left out; columns from which on a page stands in the middle."""


@dataclass(frozen=True, slots=True)
class Step:
    """Where to go. ``id``: of the dialogue or note, or the topic; ``day``: which day is meant."""

    to: To
    id: str = ""
    day: date | None = None


class ReviewScreen(Quiet[None]):
    """A page of the look back. It stays as it is while something that it leads to is on top of it.

    Args:
        title: what it is, in a few words.
        page: which one, so that its own key is not offered on it.
        day: the day it is about, if it is about one.
        note: something to know, in one sentence; may be empty.
        readers: who can read what stands here.
    """

    where: ClassVar[commands.Where] = "review"
    BINDINGS: ClassVar[list[BindingType]] = [*commands.bindings("review")]
    DEFAULT_CSS = """
    ReviewScreen { align-horizontal: center; }
    ReviewScreen > Static, ReviewScreen > Widget { max-width: 100; }
    ReviewScreen #title { text-style: bold; padding: 0 1; margin-bottom: 1; height: auto; }
    ReviewScreen #note { color: $imago-light; padding: 0 1; height: auto; max-height: 3; }
    ReviewScreen #readers { color: $imago-quiet; padding: 0 1; height: auto; }
    ReviewScreen #empty { padding: 0 1; height: 1fr; }
    ReviewScreen.low #title { margin-bottom: 0; }
    """

    def __init__(
        self, title: str, *, page: To | None = None, day: date | None = None,
        note: str = "", readers: str = "",
    ) -> None:  # fmt: skip
        super().__init__()
        self.page = page
        self._day = day
        self._heading = title
        self._next: asyncio.Future[Step] | None = None
        self._note = note
        self._readers = readers or words("review.who.room")

    def compose(self) -> ComposeResult:
        """Title, what the page is for, what to know, who can read it, keys."""
        yield Static(inert(self._heading), id="title", markup=False)
        yield from self.body()
        if self._note:
            yield Static(inert(self._note), id="note", markup=False)
        yield Static(inert(self._readers), id="readers", markup=False)
        yield Keys()

    def body(self) -> ComposeResult:
        """What the page is for."""
        raise NotImplementedError

    async def step(self) -> Step:
        """Where somebody wants to go now."""
        self._next = asyncio.get_running_loop().create_future()
        try:
            return await self._next
        finally:
            self._next = None

    def go(self, step: Step) -> None:
        """Go there; a key that comes while one is on the way already counts for nothing."""
        if self._next is not None and not self._next.done():
            self._next.set_result(step)

    def on_resize(self) -> None:
        """On a low screen the empty lines go first."""
        super().on_resize()
        self.set_class(self.size.height < LOW, "low")

    def also(self) -> tuple[str, ...]:
        """What this page is for, the way back, and where all the other keys are told."""
        return (*self.first(), "leave", "find", "list", "doors")

    def first(self) -> tuple[str, ...]:
        """Commands to name before all others."""
        return ()

    def without(self) -> frozenset[str]:
        """Not the page that is open already."""
        return frozenset({self.page or "", *self.not_here()})

    def not_here(self) -> frozenset[str]:
        """Commands that do nothing on this page."""
        return frozenset()

    @property
    def day(self) -> date | None:
        """The day that is looked at, if it is one."""
        return self._day

    @property
    def place(self) -> int:
        """What is marked."""
        return 0

    def do_leave(self) -> None:
        """Back."""
        self.go(Step("leave"))

    def do_remembered(self) -> None:
        """To what was to be remembered."""
        self.go(Step("remembered"))

    def do_timeline(self) -> None:
        """To the list."""
        self.go(Step("timeline"))

    def do_find(self) -> None:
        """To the list, with a field open."""
        self.go(Step("timeline", "find"))

    def do_calendar(self) -> None:
        """To the month."""
        self.go(Step("calendar", day=self.day))

    def do_topics(self) -> None:
        """To what comes back."""
        self.go(Step("topics"))

    def do_still_open(self) -> None:
        """To what is still open."""
        self.go(Step("still-open"))

    def do_on_this_day(self) -> None:
        """To this day in other years."""
        self.go(Step("on-this-day", day=self.day))

    def do_doors(self) -> None:
        """To all else that can be done with the journal."""
        self.go(Step("doors"))

    def do_choose(self) -> None:
        """To what is to be seen only."""
        self.go(Step("choose"))

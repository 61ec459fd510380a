"""All that is kept, newest first; a field to find words in it as they are typed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import on
from textual.widgets import Input, Static

from imago_tui.errors import ImagoError
from imago_tui.inert import inert
from imago_tui.review.timeline import Chosen, by_month
from imago_tui.tui.screens.review.listed import ListScreen
from imago_tui.tui.widgets.fields import Line
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from textual.app import ComposeResult

    from imago_tui.journal.entry import Head

    Find = Callable[[str], Collection[str]]
    Piece = Callable[[str, str], str]


class TimelineScreen(ListScreen):
    """Shows ``heads``; while words are typed, those in which all of them occur.

    Args:
        heads: what is meant, newest first.
        find: ids of the dialogues with these words; called in a thread, one call at a time.
        piece: a piece of a dialogue around the words; likewise.
        only: what is meant, where that is not all.
        seek: whether the field is open at once.
        marked, note, readers: as for `ListScreen`.
    """

    DEFAULT_CSS = """
    TimelineScreen Line, TimelineScreen Line:focus { margin: 0 1; }
    TimelineScreen #only { color: $imago-light; padding: 0 1; height: auto; }
    TimelineScreen #piece { color: $imago-quiet; padding: 0 3; height: auto; max-height: 2; }
    TimelineScreen.low.seeking #title { display: none; }
    """

    def __init__(  # noqa: PLR0913  a page is its parts
        self, heads: Sequence[Head], find: Find, piece: Piece, *, only: Chosen | None = None,
        seek: bool = False, marked: int = 0, note: str = "", readers: str = "",
    ) -> None:  # fmt: skip
        self._heads = heads
        self._find, self._piece = find, piece
        self._only = only or Chosen()
        self._seek = seek
        self._all = list(by_month(heads))
        self._wanted = self._shown = ""
        self._seeking = False
        empty = words("review.empty.chosen" if self._only else "review.empty.timeline")
        super().__init__(
            words("review.title"), self._all, empty=empty, marked=marked, page="timeline",
            note=note, readers=readers,
        )  # fmt: skip

    def body(self) -> ComposeResult:
        """A field when it is asked for, what is meant, the list, a piece of what is marked."""
        if self._only:
            yield Static(inert(self._only.told()), id="only", markup=False)
        field = Line(words("review.find.placeholder"))
        field.display = field.can_focus = False
        yield field
        yield from super().body()
        yield Static("", id="piece", markup=False)

    def on_mount(self) -> None:
        """With the field open, where that was asked for."""
        self.query_one("#piece").display = False
        if self._seek:
            self.do_find()

    @property
    def field(self) -> Line:
        """Where words are typed."""
        return self.query_one(Line)

    def do_find(self) -> None:
        """Open the field."""
        field = self.field
        field.display = field.can_focus = True
        self.add_class("seeking")
        field.focus()

    def do_leave(self) -> None:
        """Close the field first; then back."""
        field = self.field
        if not field.display:
            super().do_leave()
            return
        field.value = ""
        field.display = field.can_focus = False
        self.remove_class("seeking")
        self.set_focus(None)
        self.call_after_refresh(self.name_keys)

    @on(Input.Changed)
    def _typed(self) -> None:
        self._wanted = " ".join(self.field.words.split())
        if not self._seeking:
            self._seeking = True
            self.run_worker(self._catch_up(), exit_on_error=False)

    @on(Input.Submitted)
    def _sent(self) -> None:
        self.do_take()

    async def _catch_up(self) -> None:
        """Find what is wanted by now, until it is what is shown: the newest words win."""
        try:
            while self._wanted != self._shown:
                wanted = self._wanted
                found = await asyncio.to_thread(self._find, wanted) if wanted else None
                self._shown = wanted
                if wanted == self._wanted:
                    self._show(found)
        except ImagoError as trouble:
            self._shown = self._wanted  # so that the list comes back when the field is emptied
            self._tell(f"{trouble.message} {trouble.hint}".strip())
        finally:
            self._seeking = False

    def _show(self, found: Collection[str] | None) -> None:
        if found is None:
            self.items = self._all
        else:
            self.items = list(by_month([head for head in self._heads if head.id in found]))
        self._tell("" if self.items or found is None else words("reading.not_found"))
        self.roll.show(self.items)
        self._glimpse()

    def _tell(self, text: str) -> None:
        nothing = self.query_one("#empty", Static)
        nothing.update(inert(text))
        nothing.display = bool(text) or not self.items
        self.roll.display = not nothing.display

    def moved(self) -> None:
        """What is marked is another one now."""
        self._glimpse()

    def _glimpse(self) -> None:
        """A piece around the words, from the dialogue that is marked."""
        self.query_one("#piece").display = bool(self._shown and self.items)
        if self._shown and self.items:
            self.run_worker(self._look(), exclusive=True, group="piece", exit_on_error=False)

    async def _look(self) -> None:
        item, sought = self.roll.item, self._shown
        if item is None:
            return
        try:
            piece = await asyncio.to_thread(self._piece, getattr(item, "id", ""), sought)
        except ImagoError:  # damaged since; reading it says so
            piece = ""
        self.query_one("#piece", Static).update(inert(piece))

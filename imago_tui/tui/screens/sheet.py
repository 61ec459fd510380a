"""A sheet to write on, for one person alone. What stands on it is sealed as it grows."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.widgets import Static

from imago_tui.errors import ImagoError
from imago_tui.inert import inert
from imago_tui.tui import commands
from imago_tui.tui.screens.base import Keys, Quiet
from imago_tui.tui.widgets.fields import Area, TooMuch
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

SEAL_AFTER = 1.0
"""Seconds after a key within which what stands there is on its way to the disk, sealed."""
LOW = 20


class SheetScreen(Quiet[str | None]):
    """Gives what was written, "" for a page back, None when they leave.

    Args:
        title: what to do.
        text: what stands there already.
        whose: whose room it is.
        readers: who can read it.
        seal: keeps what stands there; called in a thread, at most once a second.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*commands.bindings("page")]
    DEFAULT_CSS = """
    SheetScreen { align: center top; }
    SheetScreen #sheet { width: 100%; max-width: 84; height: 1fr; padding: 0 1; }
    SheetScreen #whose { color: $imago-light; text-style: bold; height: auto; }
    SheetScreen #title { margin-bottom: 1; height: auto; }
    SheetScreen #note { color: $imago-light; height: auto; }
    SheetScreen #readers { color: $imago-quiet; height: auto; }
    SheetScreen.low #title { margin: 0; }
    """

    def __init__(
        self,
        title: str,
        text: str,
        *,
        whose: str,
        readers: str,
        seal: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._title, self._text = title, text
        self._whose, self._readers = whose, readers
        self._seal = seal
        self._waits = False
        self._leaving = False

    def compose(self) -> ComposeResult:
        """Whose room, what to do, the sheet, who can read it."""
        with Vertical(id="sheet"):
            yield Static(inert(self._whose), id="whose", markup=False)
            yield Static(inert(self._title), id="title", markup=False)
            yield Area(words=self._text)
            yield Static(id="note", markup=False)
            yield Static(inert(self._readers), id="readers", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        """What was pressed before is not written here."""
        self.imago.hand_over()
        self._say("")
        self.area.focus()

    def on_resize(self) -> None:
        """On a low screen the empty lines go first."""
        super().on_resize()
        self.set_class(self.size.height < LOW, "low")

    @property
    def area(self) -> Area:
        """What is written on."""
        return self.query_one(Area)

    def also(self) -> tuple[str, ...]:
        """How to be done, and how to begin a line."""
        return ("send", "new-line")

    @on(Area.Changed)
    def _typed(self) -> None:
        if not self._waits:
            self._waits = True
            self.set_timer(SEAL_AFTER, self._seal_soon)

    def _seal_soon(self) -> None:
        self._waits = False
        self.run_worker(self._sealed(self.area.words), group="seal")

    async def _sealed(self, text: str) -> None:
        try:
            await asyncio.to_thread(self._seal, text)
        except ImagoError as trouble:
            self._trouble(trouble)
            self._typed()  # tried again as long as it stands here
        else:
            self._say("")
            if self._leaving:
                self._give(None)

    def _say(self, note: str) -> None:
        for line in self.query("#note").results(Static):
            line.update(inert(note))
            line.display = bool(note)

    def save_draft(self) -> None:
        """It ends from outside: seal what stands here."""
        self._saved()

    def put_away(self) -> bool | None:
        """Nobody is here: seal what stands here."""
        return self._saved() if self.area.words.strip() else None

    def _saved(self) -> bool:
        try:
            self._seal(self.area.words)
        except ImagoError as trouble:
            self._trouble(trouble)
            return False
        return True

    def _trouble(self, trouble: ImagoError) -> None:
        more = words("rooms.own.sheet.unsealed") if self._leaving else ""
        self._say(" ".join(part for part in (trouble.message, trouble.hint, more) if part))

    @on(TooMuch)
    def _too_much(self) -> None:
        self._say(words("table.too_much"))

    @on(Area.Sent)
    def _sent(self, message: Area.Sent) -> None:
        self.imago.decide(lambda: self._finish(message.words))

    def _finish(self, text: str) -> None:
        # On the next page a single Esc leaves: what is not sealed stays here, where it takes two.
        if self._saved():
            self._give(text)
        else:
            self._typed()

    @on(Area.SentNothing)
    def _sent_nothing(self) -> None:
        self.imago.decide(lambda: self._give(""))

    def do_enough(self) -> None:
        """Close the room; what stands here is there the next time.

        Where it cannot be sealed it is out of sight at once, and gone only when they say so again.
        """
        again, self._leaving = self._leaving, True
        if self._saved() or again:
            self._give(None)
        else:
            self.area.display = False

    def on_key(self, event: events.Key) -> None:
        """They stay after all: what was out of sight is there again."""
        if self._leaving and not self.area.display:
            event.stop()
            event.prevent_default()
            self._leaving = False
            self.area.display = True
            self.area.focus()

    def _give(self, text: str | None) -> None:
        if self.is_current:
            self.area.forget()
            self.dismiss(text)

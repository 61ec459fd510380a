"""A paste, to the letter: what stands in it is text, also where it looks like a key.

Textual's parser takes an ESC inside of a paste for the beginning of a key. Here it is put aside
before it gets there, as the fields put aside all controls (`widgets.fields`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual._xterm_parser import XTermParser

from imago_tui.tui.widgets.fields import AWAY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.message import Message

ESC = "\x1b"
BEGIN, END = "\x1b[200~", "\x1b[201~"


class PasteParser(XTermParser):
    """Textual's parser, with every ESC of a paste put aside."""

    def __init__(self, debug: bool = False) -> None:  # noqa: FBT001, FBT002  Textual's own
        super().__init__(debug)
        self._inside = False
        self._before = ""
        self._held = ""
        self._rest = ""

    def feed(self, data: str) -> Iterable[Message]:
        """What the terminal sent; an empty text is its end."""
        if data:
            data = self._put_aside(data)
            if not data:
                return
        yield from super().feed(data)

    def _put_aside(self, data: str) -> str:
        done = []
        while data:
            done.append(self._pasted(data) if self._inside else self._typed(data))
            data, self._rest = self._rest, ""
        return "".join(done)

    def _typed(self, data: str) -> str:
        """What comes before a paste. Nothing is held back: an ESC may be a key."""
        known = self._before
        at = (known + data).find(BEGIN)
        if at < 0:
            self._before, self._rest = (known + data)[1 - len(BEGIN) :], ""
            return data
        until = at + len(BEGIN) - len(known)
        self._before, self._inside, self._rest = "", True, data[until:]
        return data[:until]

    def _pasted(self, data: str) -> str:
        """What is in a paste; the beginning of what may be its end waits for the rest of it."""
        text, end, self._rest = (self._held + data).partition(END)
        self._held = ""
        if end:
            self._inside = False
        else:
            starts = (part for part in range(len(END) - 1, 0, -1) if text.endswith(END[:part]))
            held = next(starts, 0)
            text, self._held = text[: len(text) - held], text[len(text) - held :]
        return text.replace(ESC, AWAY[ord(ESC)]) + end

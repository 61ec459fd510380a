"""Where words are typed. What is typed is kept to the letter; what could act on a terminal is shown
as a sign. Each field has a clipboard and an undo history of its own, gone with the field.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rich.text import Text
from textual.message import Message
from textual.widgets import Input, TextArea

from imago_tui.inert import inert
from imago_tui.tui.commands import BY_ID

if TYPE_CHECKING:
    from textual import events

MOST = 20_000
"""Characters that fit into one turn."""

ASIDE = 0x10F000
"""Controls wait here, in the last private plane, while a document holds them: it would take some
of them for ends of lines, and a terminal would obey others."""
CONTROLS = (*range(0x0A), *range(0x0B, 0x20), 0x7F, *range(0x80, 0xA0), 0x2028, 0x2029)
AWAY = {code: chr(ASIDE + place) for place, code in enumerate(CONTROLS)}
BACK = {ASIDE + place: chr(code) for place, code in enumerate(CONTROLS)}
LINE_END = re.compile("\r\n?")


class TooMuch(Message):
    """More was pasted than a field takes; nothing was changed."""


class Area(TextArea):
    """A field of several lines: Enter sends, Ctrl+J begins a new line."""

    DEFAULT_CSS = """
    Area, Area:focus {
        border: none; padding: 0 1; background: $imago-seat; color: $foreground;
        height: 1fr; min-height: 2; scrollbar-size-vertical: 1;
        & .text-area--cursor-line { background: transparent; }
        & .text-area--placeholder { color: $imago-quiet; }
        & .text-area--selection { background: $imago-line; }
    }
    """

    class Sent(Message):
        """The person is done with the words."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    class SentNothing(Message):
        """Enter in an empty field."""

    def __init__(self, placeholder: str = "", words: str = "", **more: Any) -> None:
        super().__init__(
            words.translate(AWAY), placeholder=placeholder, soft_wrap=True, compact=True,
            show_line_numbers=False, highlight_cursor_line=False, tab_behavior="focus", **more,
        )  # fmt: skip
        self.cursor_blink = False
        self.clip = ""

    @property
    def words(self) -> str:
        """What was typed, to the letter."""
        return self.text.translate(BACK)

    def get_line(self, line_index: int) -> Text:
        """A line as it is shown: controls as their signs."""
        line: str = self.document.get_line(line_index)
        return Text(inert(line.translate(BACK)), end="", no_wrap=True)

    def on_mount(self) -> None:
        """Go on where the words end."""
        self.move_cursor(self.document.end)

    def forget(self) -> None:
        """Empty, with nothing to bring back."""
        self.load_text("")
        self.clip = ""

    def put(self, words: str) -> None:
        """Put words where the cursor is, with a space before them if one is needed."""
        row, column = self.cursor_location
        before = self.document.get_line(row)[:column]
        gap = "" if not before or before[-1].isspace() else " "
        if len(self.text) + len(words) < MOST:
            self._replace_via_keyboard(f"{gap}{words}", *self.selection)

    async def take(self, event: events.Key) -> None:
        """Take a key that was pressed while the field was out of sight."""
        await self._on_key(event)

    async def _on_key(self, event: events.Key) -> None:
        if event.key in BY_ID["send"].twins:
            event.stop()
            event.prevent_default()
            sent = self.Sent(self.words) if self.words.strip() else self.SentNothing()
            self.post_message(sent)
        elif event.key in BY_ID["new-line"].twins:
            event.stop()
            event.prevent_default()
            self._replace_via_keyboard("\n", *self.selection)
        elif event.is_printable and len(self.text) >= MOST:
            event.stop()
            event.prevent_default()
            self.post_message(TooMuch())
        else:
            await super()._on_key(event)

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        text = LINE_END.sub("\n", event.text)
        if len(self.text) + len(text) > MOST:
            self.post_message(TooMuch())
        elif result := self._replace_via_keyboard(text.translate(AWAY), *self.selection):
            self.move_cursor(result.end_location)


class Line(Input):
    """A field of one line; ``secret``: shown as dots; ``letters``: digits are not for it."""

    DEFAULT_CSS = """
    Line, Line:focus {
        border: none; height: 1; padding: 0 1; background: $imago-seat; color: $foreground;
        & > .input--placeholder { color: $imago-quiet; }
    }
    """

    def __init__(self, placeholder: str = "", words: str = "", *, secret: bool = False,
                 letters: bool = False, **more: Any) -> None:  # fmt: skip
        super().__init__(
            words.translate(AWAY), placeholder=placeholder, password=secret, compact=True,
            select_on_focus=False, **more,
        )  # fmt: skip
        self.cursor_blink = False
        self.secret, self.letters = secret, letters
        self.clip = ""

    @property
    def words(self) -> str:
        """What was typed, to the letter."""
        return self.value.translate(BACK)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether a key is this field's own."""
        digit = self.letters and character is not None and character.isdigit()
        return not digit and super().check_consume_key(key, character)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        first, *_ = LINE_END.sub("\n", event.text).split("\n")
        if len(self.value) + len(first) > MOST:
            self.post_message(TooMuch())
            return
        self.insert_text_at_cursor(first.translate(AWAY))

"""One person's side of the table: name, one instruction, one way to begin, and their own keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from imago_tui.inert import inert
from imago_tui.tui.view import PaneView
from imago_tui.tui.widgets.fields import Area

if TYPE_CHECKING:
    from textual.app import ComposeResult

MARK = "▸ "
FIELD = 3
"""Rows that a field needs at least."""
ROOMY, LARGE = 16, 28
"""Rows from which a pane has air between its parts, and from which it stands in the middle."""


class Pane(Vertical):
    """Shows a view. The field in it, if there is one, belongs to this person alone.

    ``needs``: rows without which something would be missing that can be pressed.
    """

    DEFAULT_CSS = """
    Pane { width: 1fr; height: 1fr; padding: 0 1; color: $imago-quiet; }
    Pane.mine { color: $foreground; background: $imago-seat; }
    Pane Static { width: 1fr; height: auto; }
    Pane .name { color: $imago-quiet; }
    Pane.mine .name { color: $imago-light; text-style: bold; }
    Pane.fresh .name { text-style: bold reverse; }
    Pane.mine .ask { text-style: bold; }
    Pane .stem { color: $imago-quiet; text-style: italic; }
    Pane .lead { color: $imago-quiet; }
    Pane .rows { color: $foreground; }
    Pane.roomy { padding: 1 3; }
    Pane.large { padding: 1 6; align-vertical: middle; }
    Pane.large Static { max-width: 60; }
    Pane.large .rows, Pane.large .name { text-style: bold; }
    Pane.roomy .ask, Pane.roomy .stem, Pane.roomy .lead { margin-top: 1; }
    Pane.roomy .rows, Pane.roomy Area { margin-top: 1; }
    """

    class NeedsOther(Message):
        """With its new size it needs more rows, or fewer."""

    def __init__(self, id: str) -> None:  # noqa: A002  Textual's own name for it
        super().__init__(id=id)
        self.view = PaneView("")
        self.field: Area | None = None
        self.needs = 1

    def compose(self) -> ComposeResult:
        """Name, instruction, stem, keys."""
        for part in ("name", "ask", "stem", "lead", "rows"):
            yield Static(classes=part, markup=False)

    def show(self, view: PaneView) -> None:
        """Draw another view."""
        self.view = view
        self.set_class(view.mark, "mine")
        self.set_class(view.fresh, "fresh")
        self._draw()

    def on_resize(self) -> None:
        """Another size has room for more or less."""
        self.set_class(self.size.height >= ROOMY, "roomy")
        self.set_class(self.size.height >= LARGE, "large")
        needed = self.needs
        self._draw()
        if self.needs != needed:
            self.post_message(self.NeedsOther())

    def open_field(self, placeholder: str, text: str = "") -> Area:
        """A new field in this pane."""
        self.close_field()
        self.field = Area(placeholder, text)
        self.mount(self.field)
        self.field.focus()
        self._draw()
        return self.field

    def close_field(self) -> None:
        """The field goes, and with it its clipboard and its history."""
        if self.field is not None:
            self.field.forget()
            self.field.remove()
            self.field = None

    def _draw(self) -> None:
        view, width = self.view, max(4, self.content_size.width)
        roomy = self.has_class("roomy")
        name = " ".join(inert(view.name).upper()) if roomy else inert(view.name)
        head = Text((MARK if view.mark else "  ") + name)
        head.truncate(width, overflow="ellipsis")
        if view.role:
            fits = cell_len(head.plain) + cell_len(view.role) + 2 <= width
            head.append(f"  {view.role}" if fits else f"\n  {view.role}")
        asked = inert(view.ask or view.listen)
        rows = self._rows(width, spaced=roomy)
        above = height(head, width) + height(Text(asked), width)
        self.needs = above + height(rows, width)
        if self.needs > self.content_size.height:
            rows = self._rows(width, spaced=roomy, room=self.content_size.height - above)
        if self.field is not None:
            self.field.display = not view.away
            self.field.disabled = view.away  # no key reaches words that are put away
            self.needs = height(head, width) + height(Text(asked), width) + FIELD
        room = self.content_size.height - self.needs
        stem = Text(inert(view.stem))
        field = self.field is not None and not view.away
        self._put("name", head)
        self._put("ask", Text("" if view.bare and not field else asked))
        fits = room >= height(stem, width) and not view.bare
        self._put("stem", stem if fits else Text())
        room -= height(stem, width) if fits else 0
        lead = Text(view.lead)
        led = room >= height(lead, width) and not view.bare and not field
        self._put("lead", lead if led else Text())
        self._put("rows", Text() if field else rows)

    def _put(self, part: str, text: Text) -> None:
        for one in self.query(f".{part}").results(Static):
            one.display = bool(text.plain)
            one.update(text)

    def _rows(self, width: int, *, spaced: bool, room: int = 0) -> Text:
        """The choices, each with its key, the words of one under each other.

        ``room``: rows there are, where that is too few: the longest words, those of something they
        wrote themselves, are shortened until the last choice is in sight as well.
        """
        wide = max((cell_len(row.key) for row in self.view.rows), default=0) + 1
        drawn = [_row(row.key, inert(row.label), wide, width) for row in self.view.rows]
        gaps = len(drawn) - 1 if spaced else 0
        while room and drawn and sum(map(len, drawn)) + gaps > room:
            longest = max(drawn, key=len)
            if len(longest) == 1:
                break
            longest.pop()
            last = longest[-1]
            last.truncate(min(last.cell_len, width - 1))
            last.append("…", "not bold")
        return Text("\n\n" if spaced else "\n").join(Text("\n").join(lines) for lines in drawn)


def _row(key: str, label: str, wide: int, width: int) -> list[Text]:
    from rich.console import Console

    lines = Text(label).wrap(Console(width=width), max(4, width - wide))
    return [
        Text((key if place == 0 else "").ljust(wide), "bold")
        + Text(line.plain.rstrip(), "not bold")
        for place, line in enumerate(lines)
    ]


def height(text: Text, width: int) -> int:
    """Rows that a text takes."""
    from rich.console import Console

    return len(text.wrap(Console(width=width), width)) if text.plain else 0

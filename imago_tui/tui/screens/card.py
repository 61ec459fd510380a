"""A quiet question: a few lines, some choices, perhaps one field. Nothing goes on by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, Static

from imago_tui.inert import inert
from imago_tui.tui import commands
from imago_tui.tui.screens.base import Keys, Quiet
from imago_tui.tui.widgets.choices import Choices, Row
from imago_tui.tui.widgets.fields import Line, TooMuch
from imago_tui.words import words

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

WIDE, TALL, LOW = 100, 40, 20
"""Cells from which a card has margins, and below which it has none."""

ENOUGH = "enough"
"""The answer that Esc gives."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer. ``key``: how its key is written, where it isn't simply its number."""

    id: str
    label: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One line to fill in. ``secret``: shown as dots. ``needed``: empty sends nothing. ``letters``:
    digits choose, they are not typed.
    """

    placeholder: str = ""
    words: str = ""
    secret: bool = False
    needed: bool = False
    letters: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A question. The first choice is the one that is marked, and the one Enter takes.

    ``person``: whose card it is; their name stands above it, and keys pressed before it came are
    dropped. ``seat``: its choices have that seat's keys instead of numbers. ``note``: a quiet line,
    for instance why the last answer could not be taken. ``small``: small print.
    """

    title: str
    lines: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    field: Field | None = None
    small: str = ""
    note: str = ""
    person: str = ""
    seat: commands.Side | None = None
    marked: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """The id of the choice, and what stood in the field."""

    choice: str
    text: str = ""


class CardScreen(Quiet[Answer]):
    """Shows a card; gives its answer."""

    where: ClassVar[commands.Where] = "card"
    BINDINGS: ClassVar[list[BindingType]] = [
        *commands.bindings("card"),
        *commands.number_bindings(),
    ]
    DEFAULT_CSS = """
    CardScreen { align: center middle; }
    CardScreen #card { width: 100%; max-width: 66; height: auto; max-height: 100%; padding: 0 1; }
    CardScreen #person { color: $imago-light; text-style: bold; }
    CardScreen #title { text-style: bold; margin-bottom: 1; }
    CardScreen #lines { height: auto; scrollbar-size-vertical: 1; }
    CardScreen #choices, CardScreen Line { margin-top: 1; }
    CardScreen #choices { height: auto; scrollbar-size-vertical: 1; }
    CardScreen #note { color: $imago-light; margin-top: 1; }
    CardScreen #small { color: $imago-quiet; margin-top: 1; }
    CardScreen Keys { dock: bottom; }
    CardScreen.big #card { max-width: 84; padding: 1 3; }
    CardScreen.low #title, CardScreen.low #choices, CardScreen.low Line,
    CardScreen.low #note, CardScreen.low #small { margin: 0; }
    """

    def __init__(self, card: Card) -> None:
        super().__init__()
        self.card = card

    def compose(self) -> ComposeResult:
        """The card, from top to bottom."""
        card = self.card
        with Vertical(id="card"):
            if card.person:
                yield Static(inert(card.person), id="person", markup=False)
            yield Static(inert(card.title), id="title", markup=False)
            if card.lines:
                with VerticalScroll(id="lines", can_focus=False):
                    yield Static(inert("\n".join(card.lines)), markup=False)
            if card.field is not None:
                field = card.field
                yield Line(
                    field.placeholder, field.words, secret=field.secret, letters=field.letters
                )
            if card.choices:
                with VerticalScroll(id="choices", can_focus=False):
                    yield Choices(self._rows(), card.marked)
            yield Static(inert(card.note), id="note", markup=False)
            if card.small:
                yield Static(inert(card.small), id="small", markup=False)
        yield Keys()

    def _rows(self) -> tuple[Row, ...]:
        if self.card.field is not None:
            return tuple(Row(choice.key, choice.label) for choice in self.card.choices)
        seat = self.card.seat
        keys = commands.SEATS[seat] if seat else commands.NUMBERS
        return tuple(
            Row(choice.key or (commands.shown(keys[n]) if n < len(keys) else ""), choice.label)
            for n, choice in enumerate(self.card.choices)
        )

    def on_mount(self) -> None:
        """A new card is a new question: what was typed before it is not its answer."""
        self.query_one("#note").display = bool(self.card.note)
        if self.card.person or self.card.field is None:
            self.imago.hand_over()
        for field in self.query(Line):
            field.focus()

    def on_resize(self) -> None:
        """Long text and long lists scroll; the choices are always in sight."""
        super().on_resize()
        self.set_class(self.size.height >= TALL and self.size.width >= WIDE, "big")
        self.set_class(self.size.height < LOW, "low")
        self.call_after_refresh(self._fit)

    def also(self) -> tuple[str, ...]:
        """How to read on, where there is more."""
        more = any(one.max_scroll_y for one in self.query("#lines").results(VerticalScroll))
        return ("page-down",) if more else ()

    def _fit(self) -> None:
        if not self.query("#card"):  # it was answered meanwhile, and is gone
            return
        room = self.size.height - 1
        lists = list(self.query("#choices"))
        texts = list(self.query("#lines"))
        others = sum(
            widget.outer_size.height + widget.styles.margin.height
            for widget in self.query("#card > *")
            if widget not in {*lists, *texts}
        )
        padding = self.query_one("#card").styles.padding.height + (
            3 if self.has_class("big") else 2
        )
        room = max(4, room - others - padding)
        for one in lists:
            one.styles.max_height = max(2, room - 3) if texts else room
        chosen = sum(one.virtual_size.height for one in lists)
        for one in texts:
            one.styles.max_height = max(3, room - min(chosen, max(2, room - 3)))
        self.call_after_refresh(self.name_keys)

    @property
    def rows(self) -> Choices | None:
        """The choices, if there are any."""
        return next(iter(self.query(Choices)), None)

    def action_number(self, place: int) -> None:
        """A number key; at a card with a seat, its keys come as they are."""
        if self.card.seat is None and self.card.field is None:
            self._take(place)

    def on_key(self, event: events.Key) -> None:
        """A seat's own keys."""
        seat = self.card.seat
        if seat and event.key in commands.SEATS[seat]:
            event.stop()
            self._take(commands.SEATS[seat].index(event.key))

    def do_up(self) -> None:
        """The choice above."""
        if self.rows is not None:
            self.rows.mark(self.rows.marked - 1)

    def do_down(self) -> None:
        """The choice below."""
        if self.rows is not None:
            self.rows.mark(self.rows.marked + 1)

    def do_take(self) -> None:
        """Take the choice that is marked; without choices Enter is simply yes."""
        self._take(self.rows.marked if self.rows is not None else -1)

    @on(Input.Submitted)
    def _sent(self) -> None:
        self.do_take()

    @on(TooMuch)
    def _too_much(self) -> None:
        note = self.query_one("#note", Static)
        note.update(words("table.too_much"))
        note.display = True

    def _take(self, place: int) -> None:
        choices = self.card.choices
        if place >= len(choices):
            return
        if self.rows is not None:
            self.rows.mark(place)
        field = next(iter(self.query(Line)), None)
        text = field.words if field is not None else ""
        if self.card.field is not None and self.card.field.needed and not text.strip():
            return
        answer = Answer(choices[place].id if choices else "", text)
        self.imago.decide(lambda: self._give(answer))

    def _give(self, answer: Answer) -> None:
        if self.is_current:
            self.dismiss(answer)

    def do_page_up(self) -> None:
        """Read further up."""
        for lines in self.query("#lines").results(VerticalScroll):
            lines.scroll_page_up(animate=False)

    def do_page_down(self) -> None:
        """Read on."""
        for lines in self.query("#lines").results(VerticalScroll):
            lines.scroll_page_down(animate=False)

    def do_return(self) -> None:
        """Back, where the card has a way back."""
        for place, choice in enumerate(self.card.choices):
            if choice.id == "return":
                self._take(place)

    def do_enough(self) -> None:
        """Esc."""
        self._give(Answer(ENOUGH))


def list_of(where: commands.Where, without: frozenset[str] = frozenset()) -> Card:
    """The list of everything that can be pressed on a kind of screen, as a card."""
    return Card(
        words("commands.list.long"),
        choices=tuple(
            Choice(one.id, one.long, one.key())
            for one in commands.of(where)
            if one.id not in {*without, "list"}
        ),
    )

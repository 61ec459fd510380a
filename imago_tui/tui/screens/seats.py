"""A question to both seats: each has its own keys, and the answer says from which seat it came."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from imago_tui.inert import inert
from imago_tui.tui import commands
from imago_tui.tui.screens.card import Answer, Card, CardScreen
from imago_tui.tui.widgets.choices import Choices, Row
from imago_tui.words import words

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from imago_tui.dialogue.scene import Names
    from imago_tui.tui.screens.card import Choice

SIDES: tuple[commands.Side, commands.Side] = ("left", "right")


class Offer(Choices):
    """A seat's choices; none is marked, each is one key away."""

    def mark(self, place: int) -> None:
        """Draw them, with nothing marked."""
        del place
        self.marked = -1
        self.update(self._drawn())


class Seat(Vertical):
    """One seat: a name, and what can be pressed there."""

    DEFAULT_CSS = """
    Seat { width: 1fr; height: auto; padding: 0 1 0 0; }
    Seat > .name { text-style: bold; color: $imago-light; }
    Seat > .done { color: $imago-quiet; display: none; }
    Seat.answered > .done { display: block; }
    Seat.answered > Offer { display: none; }
    """

    def __init__(self, name: str, choices: tuple[Choice, ...], keys: tuple[str, ...]) -> None:
        super().__init__()
        self._whose = name
        self._rows = tuple(
            Row(commands.shown(key), choice.label)
            for key, choice in zip(keys, choices, strict=False)
        )

    def compose(self) -> ComposeResult:
        """Name, choices, and what stands there once it has answered."""
        yield Static(inert(self._whose), classes="name", markup=False)
        yield Offer(self._rows)
        yield Static(words("evening.answered"), classes="done", markup=False)


class SeatsScreen(CardScreen):
    """Asks both seats. ``given``: by person, the choice's id.

    One press is enough unless ``each`` is to answer; then nothing is shown of the first answer but
    that it was given, and it can be changed until the second is there.
    """

    DEFAULT_CSS = """
    SeatsScreen #seats { height: auto; margin-top: 1; }
    SeatsScreen.low #seats { margin: 0; }
    """

    def __init__(
        self, card: Card, choices: tuple[Choice, ...], names: Names, left: int, *, each: bool
    ) -> None:
        """``choices`` stand at both seats; ``left``: the person on the left.

        The result is the last choice; ``given`` says whose it was.
        """
        super().__init__(card)
        self._offered = choices
        self._order = (left, 1 - left)
        self._names = names
        self._each = each
        self.given: dict[int, str] = {}

    def on_mount(self) -> None:
        """Both seats below the question."""
        super().on_mount()
        self.imago.hand_over()
        seats = (
            Seat(self._names[who], self._offered, commands.SEATS[side])
            for who, side in zip(self._order, SIDES, strict=True)
        )
        self.query_one("#card").mount(Horizontal(*seats, id="seats"), before="#note")
        self.call_after_refresh(self._fit)

    def on_key(self, event: events.Key) -> None:
        """A seat's own keys."""
        for who, side in zip(self._order, SIDES, strict=True):
            keys = commands.SEATS[side][: len(self._offered)]
            if event.key in keys:
                event.stop()
                event.prevent_default()
                self.imago.decide(partial(self._pressed, who, keys.index(event.key)))

    def do_take(self) -> None:
        """Enter belongs to the seat on the right."""
        self.imago.decide(partial(self._pressed, self._order[1], 0))

    def action_number(self, place: int) -> None:
        """Digits belong to the seats."""

    def _pressed(self, who: int, place: int) -> None:
        self.given[who] = self._offered[place].id
        if self._each and len(self.given) < len(self._names):
            self.query(Seat)[self._order.index(who)].add_class("answered")
            return
        self._give(Answer(self.given[who]))

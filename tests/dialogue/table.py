"""Two people at a table: a talk told in lines, one a step."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from imago_tui import exercises
from imago_tui.dialogue import events, state
from imago_tui.dialogue.engine import Open, allowed, step
from imago_tui.dialogue.events import Event, Shape
from imago_tui.dialogue.moves import shapes

if TYPE_CHECKING:
    from imago_tui.dialogue.state import State

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
A, B = 0, 1

BEGUN = "A ready yes | B ready yes | settle | A skip | B skip"
TOPIC = "A topic T | B mirror t | A check yes"
PIECE = "A send S | B mirror s | A check yes"
HEARD = f"{BEGUN} | {TOPIC} | {PIECE} | A more no | A skip | A skip"
UNDERSTOOD = f"{HEARD} | B validate V | B empathize E | A empathy-check yes"
CLOSING = f"{UNDERSTOOD} | A skip | B skip | B switch enough | A skip | B skip"


class Talk:
    """A talk; ``run`` takes lines like ``A check almost: the dishes`` with a bar between them."""

    def __init__(self, lines: str = "", exercise: str = "dialogue") -> None:
        self.state: State = state.begin(exercises.load(exercise))
        self.effects: list[str] = []
        self._shapes = shapes(self.state.exercise.places)
        if lines:
            self.run(lines)

    def run(self, lines: str) -> Talk:
        for line in lines.split(" | "):
            self.take(self.event(line))
        return self

    def event(self, line: str) -> Event:
        first, _, rest = line.strip().partition(" ")
        who = {"A": A, "B": B}.get(first)
        name, _, say = (rest if who is not None else line.strip()).partition(" ")
        meant = events.parse(name, say or None, self._shapes.get(name, Shape()), NOW)
        return Event(name, who, meant.words, meant.answer, meant.when)

    def take(self, event: Event) -> None:
        self.state, effects = step(self.state, event)
        self.effects = [one.what for one in effects]

    @property
    def at(self) -> str:
        return self.state.at.node.name

    @property
    def open(self) -> set[Open]:
        return set(allowed(self.state))

    def can(self, who: int | None) -> set[str]:
        """What ``who`` may do, as ``step`` or ``step answer``."""
        return {
            f"{one.step} {one.answer}" if one.answer else one.step
            for one in self.open
            if one.who == who
        }

    @property
    def kept(self) -> list[tuple[str, str, str | None]]:
        """What stands: step, whose, text."""
        return [(turn.step, "AB"[turn.who], turn.text) for turn in self.state.said.turns]

"""A practice couple at the table: what they do next, and how long it takes to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imago_tui.exercises import label
from imago_tui.practice import couples
from imago_tui.script.playing import way_to
from imago_tui.session import Session
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imago_tui.dialogue.events import Event
    from imago_tui.dialogue.scene import Choice, Scene

WORDS_A_SECOND = 3.0
REST = 1.5
"""Seconds that a beat takes beside its words."""
PACES = {"calm": 1.6, "normal": 1.0, "brisk": 0.7}
"""By the pace of this machine, how much longer or shorter a beat takes."""


@dataclass(frozen=True, slots=True)
class Beat:
    """One thing that is done: something said, something pressed, or both.

    ``who``: by whom, None for a way out that belongs to nobody. ``line``: it, as a quiet line tells
    it. ``said``: the words, "" where there are none. ``events``: its steps.
    """

    who: int | None
    line: str
    said: str
    events: tuple[Event, ...]


class Playing:
    """A couple's talk. ``session`` is held in memory and goes nowhere.

    Args:
        name: which couple.
        pace: the pace of this machine.
    """

    def __init__(self, name: str, pace: str = "normal") -> None:
        script = couples.load(name)
        self.session = Session(script.exercise, script.partners)
        self._name, self._pace = name, PACES[pace]
        self._left = [turn.event for turn in script.turns]

    @property
    def over(self) -> bool:
        """Whether there is nothing more to see."""
        return not self._left

    def go_on(self) -> Beat:
        """Let them do the next thing."""
        ahead = [*way_to(self.session.state, self._left[0]), *self._left[1:]]
        beat = self._beat(ahead)
        self.session.do(*beat.events)
        self._left = ahead[len(beat.events) :]
        return beat

    def seconds(self, beat: Beat | None) -> float:
        """How long it takes to read a beat and what the table then says."""
        told = f"{beat.line} {beat.said} " if beat is not None else ""
        told += self.session.scene().ask
        return (REST + len(told.split()) / WORDS_A_SECOND) * self._pace

    def _beat(self, ahead: Sequence[Event]) -> Beat:
        first = ahead[0]
        name = self.session.names[first.who] if first.who is not None else ""
        if first.words and first.answer is None:
            way = "types" if couples.types(self._name, name) else "says"
            return Beat(first.who, words(f"practice.{way}", name=name), first.words, (first,))
        pressed, count = self._pressed(self.session.scene(), ahead)
        line = words("practice.pressed", name=name, label=pressed) if name else pressed
        said = " ".join(event.words for event in ahead[:count] if event.words)
        return Beat(first.who, line, said, tuple(ahead[:count]))

    def _pressed(self, scene: Scene, ahead: Sequence[Event]) -> tuple[str, int]:
        """What is pressed, in words, and for how many of the steps ahead it stands."""
        found = [
            (len(choice.drafts), told)
            for choice, told in (_ways(scene, ahead[0].who) if ahead[0].who is not None else ())
            if _stands_for(choice, ahead)
        ]
        if not found:
            return words(f"practice.step.{ahead[0].step}"), 1
        count, told = max(found)
        when = ahead[count - 1].when
        if when is not None:
            time = when.strftime("%H:%M")
            told = words("practice.at", label=told.removesuffix("...").strip(), time=time)
        return told, count


def _ways(scene: Scene, who: int) -> list[tuple[Choice, str]]:
    """Every choice of a person, the finer ones too, with its words."""
    ways = []
    for choice in scene.choices[who]:
        told = label(choice)
        ways += [
            (finer, words("practice.into", label=told + ".", finer=label(finer)))
            for finer in choice.into
        ]
        ways.append((choice, told))
    return ways


def _stands_for(choice: Choice, ahead: Sequence[Event]) -> bool:
    """Whether a choice is the press for the steps that come."""
    drafts = [(one.step, one.who, one.answer) for one in choice.drafts]
    return bool(drafts) and drafts == [
        (one.step, one.who, one.answer) for one in ahead[: len(drafts)]
    ]

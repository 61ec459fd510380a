"""A script held turn by turn, as two people would at the table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from imago_tui.dialogue import engine
from imago_tui.dialogue.engine import NotOpen, Open
from imago_tui.dialogue.events import EXITS, Event
from imago_tui.dialogue.moves import Op
from imago_tui.errors import NOT_ALLOWED, ImagoError
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from imago_tui.dialogue.state import State
    from imago_tui.script.reading import Turn
    from imago_tui.session import Session


def persons(script: tuple[str, str], table: tuple[str, str]) -> tuple[int, int]:
    """Who of the ``table`` (the journal's partners) each of the script's partners is.

    By name; a name that nobody there has is the one who is left, or goes by order.
    """
    for at, name in enumerate(script):
        if name in table:
            found = table.index(name)
            return (found, 1 - found) if at == 0 else (1 - found, found)
    return 0, 1


def play(session: Session, turns: Iterable[Turn], who: Sequence[int]) -> None:
    """Take every turn in its order; ``who`` says which person each partner of the script is.

    Raises:
        ImagoError: 3 at the first turn that is not open (what went before stays); 6, 7 when it
            could not be kept.
    """
    for turn in turns:
        event = turn.event
        if event.who is not None:
            event = replace(event, who=who[event.who])
        try:
            session.do(*way_to(session.state, event))
        except NotOpen as closed:
            raise ImagoError(_not_open(turn, closed, session.names), "", NOT_ALLOWED) from None
        if session.trouble is not None:
            raise session.trouble


def way_to(state: State, event: Event) -> tuple[Event, ...]:
    """``event``, after the ``skip`` of each step that a script may leave out on the way to it.

    Raises:
        NotOpen: no such way leads there; it tells what is open at ``state`` itself.
    """
    refused: NotOpen | None = None
    skips: list[Event] = []
    while True:
        try:
            engine.step(state, event)
        except NotOpen as closed:
            refused = refused or closed
            # `back` would only take back the skip put in for its sake.
            skip = _skip(state) if event.step != "back" else None
            if skip is None:
                raise refused from None
            skips.append(skip)
            state, _ = engine.step(state, skip)
        else:
            return (*skips, event)


def _skip(state: State) -> Event | None:
    """The skip of a step that may be left out here; never the one that leaves a piece unheard."""
    if state.at.hold or state.over:
        return None
    place = state.exercise.places[state.at.node]
    for opened in engine.allowed(state):
        if opened.step != "skip":
            continue
        move = engine.find(place, state.at.sender, opened)
        if move is not None and move.op is not Op.DROP:
            return Event("skip", opened.who)
    return None


def _not_open(turn: Turn, closed: NotOpen, names: tuple[str, str]) -> str:
    if not closed.open:
        return _line(words("script.over", number=turn.number, step=closed.step))
    told = words("script.joined").join(_told(closed.open, names))
    return _line(words("script.not_open", number=turn.number, step=closed.step, open=told))


def _told(open_now: Sequence[Open], names: tuple[str, str]) -> list[str]:
    """What is open, for whom, with the answers that a step takes; exits last, as they are."""
    answers: dict[tuple[str, int | None], list[str]] = {}
    for opened in open_now:
        answers.setdefault((opened.step, opened.who), []).extend(
            [opened.answer] if opened.answer else []
        )
    people: dict[tuple[str, str], list[str]] = {}
    for (step, who), given in answers.items():
        if who is not None:
            people.setdefault((step, "/".join(given)), []).append(names[who])
    both = words("script.and")
    told = [
        words(
            "script.open_with" if given else "script.open",
            step=step,
            who=both.join(who),
            answers=given,
        )
        for (step, given), who in people.items()
    ]
    return [*told, *(step for step in EXITS if (step, None) in answers)]


def _line(text: str) -> str:
    """One line, whatever stands in a name."""
    return " ".join(text.splitlines())

"""What can be pressed: the open moves as choices, one press for as many steps as belong together.

Aloud, a whole round is the Sender's one press: send, mirror, check, and "is there more?".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imago_tui.dialogue.engine import Open, allowed, persons
from imago_tui.dialogue.moves import Op

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from imago_tui.dialogue.manner import Manner
    from imago_tui.dialogue.moves import Move, Place
    from imago_tui.dialogue.stage import Stage
    from imago_tui.dialogue.state import State, Turn


NOTHING = "nothing"
"""Of what can be kept, the least."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A step as a choice takes it; words or a time are still to come where ``wants`` says so."""

    step: str
    who: int
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One press. ``wants``: "", "words" (may carry some) or "when". ``into``: finer choices.
    ``item``: the turn that is chosen, whose words stand in the place of a label.
    """

    key: str
    drafts: tuple[Draft, ...] = ()
    wants: str = ""
    into: tuple[Choice, ...] = ()
    item: Turn | None = None


def choices(
    state: State, place: Place, who: int, typing: int | None, manner: Manner
) -> Iterator[Choice]:
    """What ``who`` may press."""
    at = state.at
    if at.hold:
        if Open("resume", who) in allowed(state):
            yield Choice("resume", (Draft("resume", who),))
        return
    mine = [move for move in place.moves if who in persons(move.by, at.sender)]
    if state.stage is not None and state.stage.picks:
        yield from _items(state, state.stage, mine, who)
        return
    chained = chain(state, place, manner) if typing is None else None
    heard = _heard(state, *chained, who, manner) if chained and who == at.sender else ()
    spoken = bool(place.moves) and place.moves[0].spoken
    others = _others(
        state, place, who, mine, chained=chained is not None, typing=typing, manner=manner
    )
    # The main road comes first; of a list that is heard, "that's all" comes next to it.
    if spoken and place.moves[0].columns:
        first, *rest = heard or (None,)
        yield from (*(() if first is None else (first,)), *others, *rest)
        return
    yield from heard if spoken else others
    yield from others if spoken else heard
    stage = state.stage
    if mine and stage is not None and stage.merge == "least" and any(manner.usual):
        yield _as_usual(mine, who, manner.usual[who])


def _as_usual(mine: Sequence[Move], who: int, usual: str) -> Choice:
    """One press for what somebody set beforehand, alone; it does not show which answer it is.

    Both have it as soon as one of them has set theirs. Not set, or not offered here, is nothing.
    """
    answers = [move.answer for move in mine if move.answer]
    answer = usual if usual in answers else NOTHING
    return Choice(f"{mine[0].step}.usual", (Draft(mine[0].step, who, answer),))


def _items(state: State, stage: Stage, mine: Sequence[Move], who: int) -> Iterator[Choice]:
    """The items of a list, as many as there are, and what can be said to them."""
    now_open = allowed(state)
    items = state.said.items(stage, who)
    for move in mine:
        draft = Draft(move.step, who, move.answer)
        if Open(draft.step, who, draft.answer) not in now_open:
            continue
        if move.item:
            yield Choice(f"item.{move.item}", (draft,), "words", item=items[move.item - 1])
        elif move.answer is None:
            yield Choice(move.step, (draft,))
        else:
            wants = "when" if move.when else ""
            yield Choice(f"{stage.id}.{move.answer}", (draft,), wants)


def _others(
    state: State,
    place: Place,
    who: int,
    mine: Sequence[Move],
    *,
    chained: bool,
    typing: int | None,
    manner: Manner,
) -> Iterator[Choice]:
    """The choices beside what is said and heard aloud in one press."""
    for move in mine:
        if typing is not None and move.spoken:
            continue
        if chained and move.op in {Op.OPEN, Op.MIRROR}:
            continue
        if (checks := _checks(place)) and move in checks:
            if move is checks[0]:
                yield from _heard(state, (), place, who, manner)
            continue
        yield from _single(state, place, move, who)


def _single(state: State, place: Place, move: Move, who: int) -> Iterator[Choice]:
    stage = state.stage
    draft = Draft(move.step, who, move.answer)
    if move.step == "skip":
        if (stage is not None and stage.kind == "still") or place.node.name == "shown":
            return
        key = "leave-piece" if move.op is Op.DROP else f"{place.node.name}.skip"
        yield Choice(key, (draft,))
    elif move.columns and stage is not None and (stage.hidden or stage.hidden_until_both):
        yield Choice("on-paper", (draft,))
    elif move.spoken:
        yield Choice("partly" if move.answer == "partly" else "said", (draft,))
    elif move.answer is None:
        yield Choice(move.step, (draft,))
    else:
        wants = "when" if move.when else ""
        yield Choice(f"{move.step}.{move.answer}", (draft,), wants)


def _checks(place: Place) -> tuple[Move, ...]:
    return tuple(move for move in place.moves if move.op in {Op.CONFIRM, Op.ALMOST, Op.REDO})


def chain(state: State, place: Place, manner: Manner) -> tuple[tuple[Draft, ...], Place] | None:
    """Aloud, the steps from here to the Sender's check, and the place of that check; None where
    every step is pressed by itself, or where the next one would rather be typed.
    """
    if manner.singly:
        return None
    drafts: list[Draft] = []
    sender = state.at.sender
    here = place
    while True:
        aloud = next((move for move in here.moves if move.spoken), None)
        if aloud is None or aloud.op not in {Op.OPEN, Op.MIRROR}:
            return (tuple(drafts), here) if drafts and _checks(here) else None
        speaks = persons(aloud.by, sender)[0]
        if drafts and speaks in manner.types:
            return None
        drafts.append(Draft(aloud.step, speaks))
        here = state.exercise.places[aloud.to]


def _heard(
    state: State, drafts: tuple[Draft, ...], place: Place, who: int, manner: Manner
) -> Iterator[Choice]:
    """The Sender's answers at a check, with "is there more?" in the same press."""
    yes, *others = _checks(place)
    drafted = (*drafts, Draft(yes.step, who, "yes"))
    beyond = state.exercise.places[yes.to]
    further = [move for move in beyond.moves if move.step == "more"]
    if further and not manner.singly:
        for move in further:
            more = Draft(move.step, who, move.answer)
            yield Choice(f"{yes.step}.yes+more.{move.answer}", (*drafted, more))
    else:
        yield Choice(f"{yes.step}.yes", drafted)
    finer = tuple(
        Choice(
            move.answer or "",
            (*drafts, Draft(move.step, who, move.answer)),
            "words" if move.optional_words else "",
        )
        for move in others
    )
    if finer:
        yield Choice("not-quite", into=finer)

"""Which texts stand at a place, and what is said of the one that comes after it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from imago_tui.dialogue.engine import persons
from imago_tui.dialogue.moves import Op
from imago_tui.dialogue.stage import ROLES, Face

if TYPE_CHECKING:
    from imago_tui.dialogue.moves import Move, Node, Place
    from imago_tui.dialogue.state import State, Turn


class Named:
    """Fills the names in in one pass: a name is never read as a place.

    ``who``: whoever does this step; the Sender where that is either of them.
    """

    def __init__(self, names: tuple[str, str], sender: int, who: int | None = None) -> None:
        one = sender if who is None else who
        people = (sender, 1 - sender, one, 1 - one)
        self._names = {role: names[at] for role, at in zip(ROLES, people, strict=True)}

    def __call__(self, text: str) -> str:
        """``text`` with the names in it."""
        return _ROLE.sub(lambda found: self._names[found[1]], text)


_ROLE = re.compile(rf"\{{({'|'.join(ROLES)})\}}")


def owner(place: Place, sender: int) -> int | None:
    """Whose step it is, where it is one person's."""
    people = {who for move in place.moves for who in persons(move.by, sender)}
    return people.pop() if len(people) == 1 else None


def face_of(state: State, place: Place) -> Face:
    """The texts here: while it is held those of the pause; else the place's own, and where the
    second one is asked, or a mirror was not quite it, what that one has to hear.
    """
    exercise, at = state.exercise, state.at
    if at.hold:
        held = exercise.faces.get(at.hold, Face())
        here = at.hold == "time-out" and place.again is None
        soon = exercise.faces.get("time-out-here", held).soon if here else held.soon
        return replace(held, soon=soon)
    if state.put_off:
        return exercise.faces.get("declined", Face())
    face = exercise.face(at.node)
    if state.stage is not None and state.stage.picks and not _choosing(state, place):
        return replace(exercise.faces.get("nothing-there", face), soon=face.soon)
    if state.stage is not None and state.stage.merge == "owner" and at.node.tag:
        other = exercise.face(at.node._replace(name=f"{at.node.name}-both"))
        return replace(
            face,
            ask=other.ask or face.ask,
            listen=other.listen or face.listen,
            stems=other.stems,
        )
    waiting = state.said.waiting
    if place.missed and waiting is not None and waiting.turns[-1].text is None:
        once_more = exercise.faces.get("eight-words" if place.eight else "once-more", Face())
        return replace(face, listen=once_more.listen or face.listen)
    return face


def _choosing(state: State, place: Place) -> tuple[Turn, ...]:
    """The items that whoever is asked here may choose from."""
    who = owner(place, state.at.sender)
    return () if state.stage is None or who is None else state.said.items(state.stage, who)


def listed(state: State, place: Place) -> tuple[Turn, ...]:
    """The rows that stand here for both to read: so far, again, or the item that is asked about.

    Of a list that each writes alone, only what its writer has written, until both have.
    """
    stage, said = state.stage, state.said
    if stage is None or state.at.hold:
        return ()
    if stage.many:
        who = owner(place, state.at.sender)
        left = () if who is None else _choosing(state, place)[len(said.marks(stage, who)) :]
        return left[:1]
    steps = (stage.word, *stage.shows) if stage.kind == "gather" else stage.shows
    alone = stage.kind == "gather" and place.node.name != "shown"
    alone = alone and (stage.hidden or stage.hidden_until_both)
    who = owner(place, state.at.sender) if alone else None
    return tuple(
        turn
        for turn in said.turns[said.since :]
        if turn.step in steps and who in {None, turn.who} and turn.text is not None
    )


def _goes(state: State, move: Move) -> Node:
    """Where a move leads from here."""
    return state.exercise.once.get(move.to, move.to) if state.at.turned else move.to


def next_of(state: State, place: Place, face: Face, fallback: Face, names: tuple[str, str]) -> str:
    """What comes after this place on the main road, told with the roles that they have then."""
    sender = state.at.sender
    if state.at.hold or not place.moves:
        return Named(names, sender)(face.soon)
    move = place.moves[0]
    swapped = move.swap
    for _ in range(8):
        node = _goes(state, move)
        beyond = state.exercise.places[node]
        same = (node.stage, node.name) == (place.node.stage, place.node.name)
        if place.moves[0].columns or place.moves[0].op is Op.MARK:  # the other one's list
            same = same and owner(beyond, sender) == owner(place, sender)
        if not same or not beyond.moves:
            break
        move = beyond.moves[0]
        swapped = swapped or move.swap
    goal = _goes(state, move)
    soon = state.exercise.face(goal).soon or fallback.soon
    sender = 1 - sender if swapped else sender
    return Named(names, sender, owner(state.exercise.places[goal], sender))(soon)

"""Which texts stand at a place, and what is said of the one that comes after it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from imago_tui.dialogue.stage import Face

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imago_tui.dialogue.moves import Place
    from imago_tui.dialogue.state import State


class Named:
    """Fills ``{sender}`` and ``{receiver}`` in one pass: a name is never read as a place."""

    def __init__(self, names: tuple[str, str], sender: int) -> None:
        self._names: Mapping[str, str] = {"sender": names[sender], "receiver": names[1 - sender]}

    def __call__(self, text: str) -> str:
        """``text`` with the names in it."""
        return re.sub(r"\{(sender|receiver)\}", lambda found: self._names[found[1]], text)


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
    face = exercise.face(at.node)
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


def next_of(state: State, place: Place, face: Face, fallback: Face, names: tuple[str, str]) -> str:
    """What comes after this place on the main road, told with the roles that they have then."""
    sender = state.at.sender
    if state.at.hold or not place.moves:
        return Named(names, sender)(face.soon)
    move = place.moves[0]
    swapped = move.swap
    for _ in range(8):
        node = move.to
        beyond = state.exercise.places[node]
        same = (node.stage, node.name) == (place.node.stage, place.node.name)
        if not same or not beyond.moves:
            break
        move = beyond.moves[0]
        swapped = swapped or move.swap
    soon = state.exercise.face(move.to).soon or fallback.soon
    return Named(names, 1 - sender if swapped else sender)(soon)

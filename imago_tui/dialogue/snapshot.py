"""A running talk as plain data and back, so that it can go on at the exact step after a cut.

The place and the words are kept, not the way there: what was taken back, or said again smaller, is
in no snapshot.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from imago_tui.dialogue.events import PERSONS
from imago_tui.dialogue.moves import Node
from imago_tui.dialogue.state import Agreement, At, Said, State, Turn, Undo, Waiting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from imago_tui.dialogue.exercise import Exercise


class NotResumable(ValueError):
    """A snapshot that this version or this exercise can't go on with."""


def to_json(state: State) -> dict[str, Any]:
    """A state as a JSON-able dictionary (the exercise by id only)."""
    undo = state.undo
    return {
        "exercise": state.exercise.id,
        "at": _at(state.at),
        "said": _said(state.said),
        "undo": {"who": undo.who, "at": _at(undo.at), "said": _said(undo.said)} if undo else None,
        "until": state.until.isoformat() if state.until else None,
    }


def from_json(exercise: Exercise, data: Mapping[str, Any]) -> State:
    """The state of ``to_json``. Raises NotResumable for anything that isn't one."""
    try:
        if data["exercise"] != exercise.id:
            raise NotResumable
        undo = data["undo"]
        return State(
            exercise,
            _read_at(exercise, data["at"]),
            _read_said(data["said"]),
            Undo(_who(undo["who"]), _read_at(exercise, undo["at"]), _read_said(undo["said"]))
            if undo
            else None,
            _moment(data["until"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as problem:
        raise NotResumable from problem


def _at(at: At) -> dict[str, Any]:
    return {
        "node": list(at.node),
        "sender": at.sender,
        "hold": at.hold,
        "resumed": sorted(at.resumed),
        "more_time": sorted(at.more_time),
        "turned": at.turned,
    }


def _read_at(exercise: Exercise, data: Mapping[str, Any]) -> At:
    node = Node(*(_string(part) for part in data["node"]))
    if node not in exercise.places or data["hold"] not in {"", "pause", "time-out", "too-much"}:
        raise NotResumable
    return At(
        node,
        _who(data["sender"]),
        data["hold"],
        frozenset(_who(who) for who in data["resumed"]),
        frozenset(_who(who) for who in data["more_time"]),
        bool(data.get("turned")),
    )


def _said(said: Said) -> dict[str, Any]:
    waiting = said.waiting
    return {
        "turns": [_turn(turn) for turn in said.turns],
        "waiting": {
            "turns": [_turn(turn) for turn in waiting.turns],
            "mirror": _turn(waiting.mirror) if waiting.mirror else None,
            "again": waiting.again,
        }
        if waiting
        else None,
        "answers": [list(answer) for answer in said.answers],
        "agreements": [
            [a.what, a.by, a.for_, a.until.isoformat() if a.until else None]
            for a in said.agreements
        ],
        "since": said.since,
        "meeting": said.meeting.isoformat() if said.meeting else None,
    }


def _read_said(data: Mapping[str, Any]) -> Said:
    waiting = data["waiting"]
    return Said(
        _read_turns(data["turns"]),
        Waiting(
            _read_turns(waiting["turns"]),
            _read_turn(waiting["mirror"]) if waiting["mirror"] else None,
            bool(waiting["again"]),
        )
        if waiting
        else None,
        tuple((_string(at), _who(who), _string(answer)) for at, who, answer in data["answers"]),
        tuple(
            Agreement(
                None if what is None else _string(what),
                _who(by),
                None if for_ is None else _who(for_),
                _moment(until),
            )
            for what, by, for_, until in data["agreements"]
        ),
        _moment(data["meeting"]),
        _count(data.get("since", 0)),
    )


def _turn(turn: Turn) -> dict[str, Any]:
    return {
        "step": turn.step,
        "who": turn.who,
        "about": turn.about,
        "text": turn.text,
        "partly": turn.partly,
        "day": turn.when.isoformat() if turn.when else None,
    }


def _read_turns(rows: Sequence[Mapping[str, Any]]) -> tuple[Turn, ...]:
    return tuple(_read_turn(row) for row in rows)


def _read_turn(row: Mapping[str, Any]) -> Turn:
    text = row["text"]
    return Turn(
        _string(row["step"]),
        _who(row["who"]),
        _who(row["about"]),
        text if text is None else _string(text),
        bool(row["partly"]),
        _moment(row.get("day")),
    )


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise NotResumable
    return value


def _who(value: object) -> int:
    if value not in PERSONS or isinstance(value, bool) or not isinstance(value, int):
        raise NotResumable
    return value


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise NotResumable
    return value


def _moment(value: object) -> datetime | None:
    return None if value is None else datetime.fromisoformat(_string(value))

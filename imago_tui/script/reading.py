"""A dialogue as a script: the whole file is read and looked at before anything happens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NoReturn

from imago_tui import careful_toml, exercises
from imago_tui.dialogue import events
from imago_tui.dialogue.events import EXITS, HELPS, BadAnswer, BadWhen, Event, Shape
from imago_tui.dialogue.moves import By, shapes
from imago_tui.dialogue.stage import ExerciseError
from imago_tui.errors import WRONG_USE, ImagoError
from imago_tui.nearest import nearest
from imago_tui.toml_lines import Lines, line_of
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from imago_tui.dialogue.exercise import Exercise

MOST = 32 << 20
"""Bytes of a script that are read; no dialogue that can be kept is longer."""

COUPLE = 2
HEAD = ("exercise", "partners", "turn")
FIELDS = ("step", "who", "say")
USUAL = "dialogue"


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: its number from 1, and what is done; ``who`` is a place among the partners."""

    number: int
    event: Event


@dataclass(frozen=True, slots=True)
class Script:
    """A script that can be held. The first of the ``partners`` sends first."""

    exercise: Exercise
    partners: tuple[str, str]
    turns: tuple[Turn, ...]


def read(path: Path, now: datetime, exercise: str = "") -> Script:
    """The script in the file at ``path``.

    Args:
        path: a file, also a pipe such as a shell makes for ``<(...)``.
        now: aware; what ``20:00`` is reckoned from.
        exercise: the exercise asked for beside the file; "" for none.

    Raises:
        ImagoError: status 2, with the line and the nearest good value.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST + 1)
    except (OSError, ValueError):  # ValueError: a NUL in the name
        raise ImagoError(
            words("script.unreadable"), words("script.unreadable_hint"), WRONG_USE
        ) from None
    return _Reader(data, path.name, now).script(exercise)


class _Reader:
    """Reads one file; every complaint names the file, the line and what would do."""

    def __init__(self, data: bytes, file: str, now: datetime) -> None:
        self._file, self._now = file, now
        if len(data) > MOST:
            self._refuse(1, "long")
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as mishap:
            self._refuse(data.count(b"\n", 0, mishap.start) + 1, "not_text")
        try:
            self._found: dict[str, Any] = careful_toml.loads(text)
        except ValueError as mishap:
            self._refuse(line_of(mishap, text), "not_toml")
        self._lines = Lines(text.replace("\r\n", "\n"), "turn")

    def script(self, asked: str) -> Script:
        for key in self._found:
            if key not in HEAD:
                self._refuse(self._lines.of(None, key), "unknown_key", HEAD, key)
        exercise = self._exercise(asked)
        partners = self._partners(alone=exercise.alone)
        rows = self._found.get("turn", [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self._refuse(self._lines.of(None, "turn"), "turns")
        shape = shapes(exercise.places)
        nameless = _nameless(exercise)
        return Script(
            exercise,
            partners,
            tuple(
                Turn(number, self._event(number, row, partners, shape, nameless))
                for number, row in enumerate(rows, 1)
            ),
        )

    def _exercise(self, asked: str) -> Exercise:
        name = self._found.get("exercise", asked or USUAL)
        line = self._lines.of(None, "exercise")
        if not isinstance(name, str):
            self._refuse(line, "wants_text", (), "exercise")
        if asked and name != asked:
            self._refuse(line, "other_exercise", (), name)
        try:
            return exercises.load(name)
        except ExerciseError as mishap:
            if mishap.rule == "own-not-held":
                from imago_tui.exercises.own import not_held

                raise not_held(name) from None
            self._refuse(line, "unknown_exercise", exercises.every(), name)

    def _partners(self, *, alone: bool) -> tuple[str, str]:
        found = self._found.get("partners")
        if alone and isinstance(found, list) and len(found) == 1 and isinstance(found[0], str):
            return found[0], ""
        if (
            not isinstance(found, list)
            or len(found) != COUPLE
            or not all(isinstance(name, str) and name.strip() for name in found)
            or found[0] == found[1]
        ):
            self._refuse(self._lines.of(None, "partners"), "partners")
        return found[0], found[1]

    def _event(
        self,
        number: int,
        row: Mapping[str, object],
        partners: tuple[str, str],
        shape: Mapping[str, Shape],
        nameless: frozenset[str],
    ) -> Event:
        for key, value in row.items():
            if key not in FIELDS:
                self._refuse(self._lines.of(number, key), "unknown_key", FIELDS, key)
            if not isinstance(value, str):
                self._refuse(self._lines.of(number, key), "wants_text", (), key)
        step = row.get("step")
        if not isinstance(step, str):
            self._refuse(self._lines.of(number), "no_step")
        if step not in {*shape, *EXITS, *HELPS}:
            known = (*shape, *EXITS, *(one for one in HELPS if one not in shape))
            self._refuse(self._lines.of(number, "step"), "unknown_step", known, step)
        who = row.get("who")
        if who is None and step not in nameless:
            self._refuse(self._lines.of(number), "no_who", partners, step)
        if who is not None and who not in partners:
            self._refuse(self._lines.of(number, "who"), "unknown_name", partners, str(who))
        say = row.get("say")
        event = self._meant(number, step, say if isinstance(say, str) else None, shape)
        return replace(event, who=None if who is None else partners.index(str(who)))

    def _meant(self, number: int, step: str, say: str | None, shape: Mapping[str, Shape]) -> Event:
        line = self._lines.of(number, "say")
        try:
            # An empty line is a field left empty: it was said aloud.
            return events.parse(step, say or None, shape.get(step, Shape()), self._now)
        except BadAnswer as mishap:
            if not (say or "").strip():
                self._refuse(line, "no_answer", mishap.good, step)
            self._refuse(line, "unknown_answer", mishap.good, mishap.answer, step=step)
        except BadWhen as mishap:
            what = "past" if mishap.past else "when"
            raise ImagoError(self._told(line, what), words("script.when_hint"), WRONG_USE) from None

    def _refuse(
        self, line: int, what: str, good: Iterable[str] = (), given: str = "", **params: str
    ) -> NoReturn:
        """Say what stands in line ``line``; the hint is the nearest of ``good``, or all of them."""
        known = tuple(good)
        near = nearest(given, known) if known else ""
        if near:
            hint = words("script.did_you_mean", name=near)
        elif known:
            hint = words("script.one_of", names=", ".join(known))
        else:
            hint = words("script.hint." + what) if what in words.table("script.hint") else ""
        raise ImagoError(self._told(line, what, name=given, **params), hint, WRONG_USE)

    def _told(self, line: int, what: str, **params: str) -> str:
        return words(f"script.refused.{what}", file=self._file, line=line, **params)


def _nameless(exercise: Exercise) -> frozenset[str]:
    """Steps that need nobody's name: the exits, and what either may do."""
    either = {move.step for place in exercise.places.values() for move in place.moves}
    either -= {
        move.step
        for place in exercise.places.values()
        for move in place.moves
        if move.by is not By.EITHER
    }
    return frozenset({*EXITS, *either})

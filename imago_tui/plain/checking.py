"""An exercise file held against the rules: line, rule, and what would mend it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from imago_tui import careful_toml
from imago_tui.errors import WRONG_USE, ImagoError
from imago_tui.toml_lines import Lines, line_of
from imago_tui.words import words

if TYPE_CHECKING:
    from pathlib import Path

    from imago_tui.dialogue.stage import ExerciseError

_STAGE_NUMBER = re.compile(r"stage (\d+)")


class Fault(NamedTuple):
    """Something that stands in the way: its line, which rule, and what mends it."""

    line: int
    what: str
    mend: str = ""


def read(file: Path) -> bytes:
    """What stands in ``file``.

    Raises:
        ImagoError: status 2, it can't be read.
    """
    from imago_tui.exercises import own

    try:
        return own.read(file)
    except (OSError, ValueError):
        raise ImagoError(
            words("checking.unreadable"), words("script.unreadable_hint"), WRONG_USE
        ) from None


def faults(data: bytes, name: str = "") -> list[Fault]:
    """All that keeps the exercise from being held, by line; nothing when it can be.

    ``name``: its file's, where that has to be its id.
    """
    from imago_tui.dialogue.check import walk
    from imago_tui.dialogue.parse import parse
    from imago_tui.dialogue.stage import ExerciseError
    from imago_tui.exercises import own, shared_faces, worded

    if len(data) > own.MOST:
        return [Fault(1, words("checking.long"))]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as mishap:
        line = data.count(b"\n", 0, mishap.start) + 1
        return [Fault(line, words("checking.not_text"))]
    try:
        found = careful_toml.loads(text)
    except ValueError as mishap:
        return [Fault(line_of(mishap, text), words("checking.not_toml"))]
    place = _Places(text, found)
    try:
        exercise = parse(found, shared_faces())
        if name and exercise.id != name:
            return [_amiss(ExerciseError("own-id", "id", nearest=name), place)]
        seen = walk(exercise)
    except ExerciseError as mishap:
        return [_amiss(mishap, place)]
    except ValueError:  # two places of one name: steps of two stages got mixed up
        return [Fault(1, words("checking.doubled_place"), words("checking.mend.doubled_place"))]
    return sorted(
        {
            Fault(
                place.of(fault.stage),
                words(f"exercises.fault.{fault.rule}", where=fault.stage, step=fault.step),
                words(f"checking.mend.{fault.rule}"),
            )
            for fault in seen.faults | worded(exercise)
        }
    )


def _amiss(mishap: ExerciseError, place: _Places) -> Fault:
    mend = (
        words("script.did_you_mean", name=mishap.nearest)
        if mishap.nearest
        else words(f"checking.mend.{mishap.rule}")
    )
    what = words(f"exercises.rule.{mishap.rule}", where=mishap.where)
    return Fault(place.of(mishap.where, last=mishap.rule == "doubled-id"), what, mend)


class _Places:
    """The line of what an ``ExerciseError`` or the walk names."""

    def __init__(self, text: str, found: dict[str, Any]) -> None:
        self._lines = Lines(text.replace("\r\n", "\n"), "stage")
        rows = found.get("stage")
        stages = rows if isinstance(rows, list) else []
        named = [
            (row["id"], number)
            for number, row in enumerate(stages, 1)
            if isinstance(row, dict) and isinstance(row.get("id"), str)
        ]
        self._numbers, self._last = dict(reversed(named)), dict(named)

    def of(self, where: str, *, last: bool = False) -> int:
        """``name`` (of several the ``last``), ``stage 3: id``, ``stage.field``."""
        if number := _STAGE_NUMBER.match(where):
            return self._lines.of(int(number[1]))
        for name in sorted(self._numbers, key=len, reverse=True):
            if where == name:
                return self._lines.of((self._last if last else self._numbers)[name])
            if where.startswith(f"{name}."):
                key = re.split(r"[.:]", where[len(name) + 1 :])[0]
                return self._lines.of(self._numbers[name], key)
        return self._lines.of(None, where)

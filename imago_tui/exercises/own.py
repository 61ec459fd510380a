"""Exercises of the couple's own, or of their therapist's: a folder beside the shipped ones.

What stands there was written by somebody else, so nothing of it is believed before it was walked.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from imago_tui import careful_toml, ordinary, paths
from imago_tui.dialogue.check import walk
from imago_tui.dialogue.parse import parse
from imago_tui.dialogue.stage import ExerciseError
from imago_tui.errors import WRONG_USE, ImagoError
from imago_tui.words import words

if TYPE_CHECKING:
    from pathlib import Path

    from imago_tui.dialogue.exercise import Exercise

MOST = 1 << 20
"""Bytes of a file: more than any exercise."""

MANY = 100
"""Files of the folder that are looked at, by name."""

ENDING = ".toml"
PLAIN = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
"""What can be typed behind a command anywhere."""


def folder() -> Path | None:
    """Where they would be; None where nobody has a place for such things."""
    try:
        return paths.exercises_dir()
    except ImagoError:
        return None


def files() -> tuple[Path, ...]:
    """Every exercise file in the folder, by name; none where there is no folder to read."""
    place = folder()
    if place is None:
        return ()
    try:
        with os.scandir(place) as found:
            names = sorted(one.name for one in found if one.name.endswith(ENDING))
    except OSError:
        return ()
    return tuple(place / name for name in names[:MANY])


def trouble(file: Path) -> str:
    """The rule that keeps a file from being found by its name, "" when none does."""
    from imago_tui import exercises

    if not PLAIN.fullmatch(file.stem):
        return "own-name"
    return "own-shipped" if file.stem in exercises.names() else ""


def names() -> tuple[str, ...]:
    """What they are called: their files' names. Whether one can be held shows when it is loaded."""
    return tuple(file.stem for file in files() if not trouble(file))


def read(file: Path) -> bytes:
    """What stands in a file, cut behind ``MOST`` bytes. Raises OSError; never waits for a pipe."""
    return ordinary.read(file, MOST)


def load(name: str) -> Exercise:
    """One of them, walked. Raises ExerciseError when it can't be read, or can't be held."""
    file = paths.exercises_dir() / f"{name}{ENDING}"
    try:
        exercise = _walked(name, read(file))
    except OSError:
        exercise = None
    if exercise is None:
        raise ExerciseError("own-not-held", file.name)
    return exercise


def not_held(name: str) -> ImagoError:
    """What is said of an exercise of one's own that can't be held as it stands; status 2."""
    file = paths.exercises_dir() / f"{name}{ENDING}"
    return ImagoError(
        words("checking.not_yet", file=file.name), words("checking.own_hint", file=file), WRONG_USE
    )


@lru_cache(maxsize=MANY)
def _walked(name: str, data: bytes) -> Exercise | None:
    from imago_tui.exercises import shared_faces, worded

    if len(data) > MOST:
        return None
    try:
        # What is no text and what is no TOML are both a ValueError, as are two places of one name.
        exercise = parse(careful_toml.loads(data.decode("utf-8-sig")), shared_faces())
        good = exercise.id == name and not walk(exercise).faults and not worded(exercise)
    except (ExerciseError, ValueError):
        return None
    return exercise if good else None

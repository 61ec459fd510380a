"""Couples to watch: dialogue scripts, one TOML file each."""

from __future__ import annotations

from pathlib import Path

from imago_tui.now import local_now
from imago_tui.script.reading import Script, read
from imago_tui.words import words

HERE = Path(__file__).parent


def names() -> tuple[str, ...]:
    """The couples, in the order in which they are offered."""
    return tuple(words.table("practice.couple"))


def load(name: str) -> Script:
    """The script of a couple."""
    return read(HERE / f"{name}.toml", local_now())


def holding(exercise: str) -> str:
    """The first couple that holds an exercise; "" when none does."""
    return next((name for name in names() if load(name).exercise.id == exercise), "")


def types(name: str, person: str) -> bool:
    """Whether someone of a couple types instead of speaking."""
    return person in words.table("practice.typists").get(name, ())

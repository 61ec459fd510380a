"""Sentences in another way: each stands somewhere, and says the same to the same person."""

from __future__ import annotations

import re
from collections import ChainMap
from typing import Any

import pytest

from imago_tui import exercises
from imago_tui.dialogue import state
from imago_tui.dialogue.scene import scene
from imago_tui.helping import ways
from imago_tui.words import words

NAMES = ("Ana", "Ben")
TABLES = ("literal", "no-gaze", "no-touch")


def everywhere() -> set[str]:
    """Every sentence that stands at some place of an exercise, or on the table around it."""
    found = set(_strings(words.table("table"))) | set(_strings(words.table("stuck")))
    for name in exercises.names():
        exercise = exercises.load(name)
        faces = ChainMap(dict(exercise.faces), *(dict(one.faces) for one in exercise.stages))
        for stage in exercise.stages:
            faces = faces.new_child({f"{stage.id} {key}": one for key, one in stage.faces.items()})
        for face in faces.values():
            found |= {face.ask, face.listen, face.soon, *face.stems, *face.help}
    return found


def _strings(table: Any) -> list[str]:
    if isinstance(table, str):
        return [table]
    rows = table.values() if hasattr(table, "values") else table
    return [text for row in rows for text in _strings(row)]


@pytest.mark.parametrize("name", TABLES)
def test_each_stands_somewhere_and_keeps_its_names(name: str) -> None:
    known = everywhere() | {new for one in TABLES for new in words.table(f"ways.{one}").values()}
    for old, new in words.table(f"ways.{name}").items():
        assert old in known, old
        assert sorted(re.findall(r"{\w+}", old)) == sorted(re.findall(r"{\w+}", new)), old


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("no-gaze", r"\beach other\b.*\beyes\b|\beyes\b.*\beach other\b|\blook at (them|each)"),
        ("no-touch", r"\b(a hand|a hug|hold hands|touch)\b"),
    ],
)
def test_whoever_likes_neither_looks_nor_touch_is_never_asked_for_them(
    name: str, spoken: str
) -> None:
    asks = re.compile(spoken, re.IGNORECASE)
    found = {text for text in everywhere() if asks.search(text)}
    assert found  # else this test would look at nothing
    other = words.table(f"ways.{name}")
    left = {text for text in found if asks.search(str(other.get(text, text)))}
    assert not left


def test_one_way_may_change_what_another_made() -> None:
    begun = state.begin(exercises.load("dialogue"))
    settle = begun.exercise.by_id["settle"]
    at = begun.at.__class__(begun.exercise.entry_of(settle.id))
    seen = scene(state.State(begun.exercise, at), NAMES)
    plain = ways.worded(seen, NAMES, ("literal",))
    both = ways.worded(seen, NAMES, ("literal", "no-gaze"))
    assert "Look at each other, or at something that does not move." in plain.stems
    assert "Look wherever you like." in both.stems
    assert plain.ask == both.ask == "Put both feet on the floor. Breathe slowly three times."


def test_names_stand_in_a_sentence_put_another_way() -> None:
    begun = state.begin(exercises.load("short"), 1)
    at = begun.at.__class__(begun.exercise.entry_of("send"), 1)
    mirror = begun.exercise.places[at.node].moves[0].to
    seen = scene(state.State(begun.exercise, at.__class__(mirror, 1)), NAMES)
    assert ways.worded(seen, NAMES, ("literal",)).ask == "Ana, repeat what you heard. Add nothing."

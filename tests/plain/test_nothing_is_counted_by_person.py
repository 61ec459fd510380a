"""The relationship is the client: no figure hangs on a person, in files, exports or sentences."""

from __future__ import annotations

import json
import re
import string
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from imago_tui.words import HERE
from tests.plain.table import BEGIN, turn
from tests.test_words import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.plain.table import Table

OF_A_PERSON = {"who", "about", "by", "for", "partners", "name"}
PLACES_IN_ORDER = {"n"}
"""A turn's place in the dialogue: it numbers turns, never what somebody did."""
PEOPLE = {"name", "who", "one", "two", "other", "sender", "receiver", "partner"}
FIGURES = {"count", "minutes", "seconds", "percent", "score", "total", "times", "days", "turns"}
SCORED = re.compile(
    r"\b(scores?|points|streaks?|badges?|levels? up|ranking|percent|per cent|leaderboard"
    r"|compatib\w+|talk.time)\b|%",
    re.IGNORECASE,
)
WHOLE = BEGIN + "".join(
    (
        turn("topic", "Ana", "Sunday evenings."),
        turn("mirror", "Ben", "Sunday evenings."),
        turn("check", "Ana", "yes"),
        turn("send", "Ana", "I sat alone with the dishes."),
        turn("mirror", "Ben", "You had to do it again."),
        turn("check", "Ana", "tone"),
        turn("mirror", "Ben", "You sat alone with the dishes."),
        turn("check", "Ana", "yes"),
        turn("more", "Ana", "no"),
        turn("pause"),
        turn("resume", "Ben"),
        turn("validate", "Ben", "That makes sense."),
        turn("empathize", "Ben", "Lonely?"),
        turn("empathy-check", "Ana", "yes"),
        turn("switch", "Ben", "enough"),
        turn("appreciate", "Ben", "You stayed."),
        turn("keep", "Ana", "all"),
        turn("keep", "Ben", "all"),
    )
)


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in what JSON holds."""
    if isinstance(value, dict):
        yield value
        for one in value.values():
            yield from objects(one)
    elif isinstance(value, list):
        for one in value:
            yield from objects(one)


def figures(found: dict[str, Any]) -> set[str]:
    """Keys of an object that hold a number, a truth value is none."""
    return {
        key
        for key, value in found.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    }


@pytest.fixture
def kept(table: Table) -> Table:
    status, _, err = table.script(WHOLE)
    assert (status, err) == (0, "")
    return table


def exported(table: Table, form: str) -> str:
    """What goes out, with both passphrases."""
    out = table.home / f"out.{form}"
    assert table.run("journal", "export", "--as", form, "--to", str(out), *table.files)[0] == 0
    return out.read_text("utf-8")


def test_nothing_that_json_says_of_a_person_is_a_figure(kept: Table) -> None:
    (row,) = kept.listed()
    entry = kept.shown(row["id"])
    book = exported(kept, "json")
    looked_at = 0
    for found in objects([row, entry, json.loads(book)]):
        if OF_A_PERSON & set(found):
            looked_at += 1
            assert figures(found) <= PLACES_IN_ORDER, found
    assert looked_at > len(entry["turns"])


def test_what_went_amiss_on_the_way_leaves_no_trace(kept: Table) -> None:
    """Not the second try, not whose pause it was, not how long anyone took."""
    (row,) = kept.listed()
    told = json.dumps(kept.shown(row["id"]))
    for trace in ("tone", "pause", "resume", "again", "check", "seconds", "skip"):
        assert trace not in told
    steps = [one["step"] for one in kept.shown(row["id"])["turns"]]
    assert steps.count("mirror") == 2, "one for the topic, one for the piece"


@pytest.mark.parametrize("form", ["markdown", "json"])
def test_an_export_counts_nobody(kept: Table, form: str) -> None:
    told = exported(kept, form)
    assert not SCORED.search(told)
    for name in ("Ana", "Ben"):
        assert not re.search(rf"{name}\W{{0,3}}\s*\d+\b|\b\d+\s*(times|x)?\s*{name}\b", told)


FILES = sorted(HERE.glob("*/*.toml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_sentence_puts_a_figure_beside_a_name(file: Any) -> None:
    for text in texts(tomllib.loads(file.read_text("utf-8"))):
        places = {place for _, place, _, _ in string.Formatter().parse(text) if place}
        assert not (places & PEOPLE and places & FIGURES), text
        if file.stem not in {"places", "cues"}:
            assert not SCORED.search(text), text

"""Words to hand: few at once, everything found, nobody put right."""

from __future__ import annotations

import string

import pytest

from imago_tui.helping import tohand
from imago_tui.helping.tohand import MOST, PAGES
from imago_tui.words import words


@pytest.mark.parametrize("name", PAGES)
def test_never_more_than_eight_at_once(name: str) -> None:
    rows = tohand.page(name)
    assert 0 < len(rows) <= MOST
    for row in rows:
        assert len(tohand.inside(row)) <= MOST
        assert bool(row.into) != bool(row.word)


def test_whatever_is_typed_eight_at_most_and_none_twice() -> None:
    for first in string.ascii_lowercase:
        for second in ("", *string.ascii_lowercase):
            found = tohand.find(first + second)
            assert len(found) <= MOST
            assert len({row.word for row in found}) == len(found)


@pytest.mark.parametrize(
    ("letters", "word"),
    [
        ("lon", "lonely"), ("LON", "lonely"), ("num", "numb"), ("not s", "not sure"),
        ("seen", "seen"), ("prio", "prioritised"), ("tig", "tight"), ("enough", "not good enough"),
    ],
)  # fmt: skip
def test_a_few_letters_find_it(letters: str, word: str) -> None:
    assert word in {row.word for row in tohand.find(letters)}


def test_the_eight_of_the_beginning_are_needs_to_hand() -> None:
    shown = {word for row in tohand.page("needs") for word in row.into}
    assert set(words.table("needs")["words"]) <= shown
    assert len(shown) >= 24


def test_what_somebody_did_is_found_with_what_may_be_under_it() -> None:
    (row,) = [one for one in tohand.find("manip") if one.word == "manipulated"]
    assert row.label == "manipulated: maybe angry, confused, powerless"
    assert [one.word for one in tohand.inside(row)] == [
        "angry",
        "confused",
        "powerless",
        "manipulated",
    ]


def test_a_family_by_its_name() -> None:
    assert "lonely" in {row.word for row in tohand.family("Sad")}
    assert tohand.family("sa") == ()
    assert tohand.find("  ") == ()

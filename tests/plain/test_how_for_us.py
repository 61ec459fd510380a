"""How it was for the two of them: drawn, quiet, without a person and without a number."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from imago_tui.review.us import FOR_US, MOST, NOT, SAID, plot
from imago_tui.words import words

if TYPE_CHECKING:
    from tests.plain.table import Table

DAY = date(2026, 9, 20)


def test_each_time_is_one_sign_in_one_of_three_lines() -> None:
    said = [(DAY + timedelta(days=14 * n), FOR_US[n % 3]) for n in range(5)]
    *lines, months = plot(said)
    assert len(lines) == len(FOR_US)
    columns = [[one for one in line if one in {SAID, NOT}] for line in lines]
    assert all(len(column) == 5 for column in columns)
    for place in range(5):
        assert sorted(column[place] for column in columns) == sorted([SAID, NOT, NOT])
        assert columns[place % 3][place] == SAID
    assert months.split() == ["Sep", "Oct", "Nov"]


def test_only_the_newest_are_drawn_and_they_fit_the_smallest_table() -> None:
    said = [(DAY + timedelta(days=31 * n), FOR_US[0]) for n in range(50)]
    drawn = plot(said)
    assert drawn[0].count(SAID) == MOST
    assert max(map(len, drawn)) <= 46
    assert not re.search(r"\d|%", "".join(drawn))


def test_nothing_is_drawn_where_nothing_was_said() -> None:
    assert plot([]) == ()


def test_what_both_say_is_drawn_and_said_again_the_same_day_takes_its_place(table: Table) -> None:
    status, told, _ = table.run("journal", "us", *table.files[:2])
    assert (status, words("review.us.none") in told) == (0, True)
    assert table.run("journal", "us", "--say", "apart", *table.files[:2])[0] == 0
    status, told, _ = table.run("journal", "us", "--say", "closer", *table.files[2:])
    assert status == 0
    assert told.count(SAID) == 1
    assert f"Closer           {SAID}" in told
    for name in ("Ana", "Ben"):
        assert name not in told
    assert table.listed() == [], "it stands in no list of dialogues"

"""What is promised in docs/coach.md, held on the two sets of couples' sentences."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest

from imago_tui.coach import find, likeness

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

    from tests.coach.conftest import Coach

    Rows = dict[str, list[dict[str, Any]]]

GOOD = {"good", "clean", "feeling"}


def share(coach: Coach, rows: list[dict[str, Any]]) -> float:
    """How many of 100 get a hint."""
    assert rows
    return 100 * sum(coach.about(row) is not None for row in rows) / len(rows)


@pytest.mark.parametrize("name", ["challenge", "couples", "aside"])
def test_most_that_is_no_mirror_is_noticed(coach: Coach, rows: Rows, name: str) -> None:
    assert share(coach, [row for row in rows[name] if row["gold"] not in GOOD]) >= 60


@pytest.mark.parametrize("name", ["challenge", "couples", "aside"])
def test_good_ones_are_left_alone(coach: Coach, rows: Rows, name: str) -> None:
    good = [row for row in rows[name] if row["gold"] in GOOD]
    assert len(good) > 20
    assert share(coach, good) <= 100 * 2 / 31


def test_no_feeling_is_noticed(coach: Coach, rows: Rows) -> None:
    every = [*rows["challenge"], *rows["couples"]]
    assert share(coach, [row for row in every if row["gold"] == "no-feeling"]) >= 95
    assert share(coach, [row for row in every if row["gold"] == "feeling"]) <= 5


def flip(text: str) -> str:
    """As the Receiver would say it back, word for word."""
    turned = {"i": "you", "me": "you", "my": "your", "myself": "yourself", "you": "I"}
    turned |= {"your": "my", "am": "are", "was": "were", "i'm": "you're", "yours": "mine"}
    return " ".join(turned.get(word.lower(), word) for word in text.split())


def test_copied_words_are_noticed_and_turned_ones_are_not(coach: Coach, rows: Rows) -> None:
    said = {row["sent"] for name in rows for row in rows[name] if row["kind"] == "mirror"}
    said = {one for one in said if coach.mirror("You never told me any of that.", one)}
    assert len(said) > 20
    copied = [coach.mirror(one, one) for one in said]
    assert [hint.code for hint in copied if hint] == ["perspective"] * len(said)
    assert not [one for one in said if coach.mirror(flip(one), one)]


def test_the_form_of_mirrors_is_told_from_that_of_others(coach: Coach, rows: Rows) -> None:
    mirrors = [row for name in rows for row in rows[name] if row["kind"] == "mirror"]
    scored = [(likeness(one["sent"], one["mirror"], coach.language), one) for one in mirrors]
    high = [score for score, one in scored if one["gold"] == "good"]
    low = [score for score, one in scored if one["gold"] not in {"good", "partial", "unflipped"}]
    above = sum((a > b) + (a == b) / 2 for a in high for b in low)
    assert above / (len(high) * len(low)) >= 0.84


@dataclass(frozen=True)
class Counted(dict[str, "re.Pattern[str]"]):
    """Patterns that count how often one of them is asked for."""

    asked: list[str]

    def __init__(self, patterns: Mapping[str, re.Pattern[str]]) -> None:
        super().__init__(patterns)
        object.__setattr__(self, "asked", [])

    def get(self, name: str, default: Any = None) -> Any:
        self.asked.append(name)
        return super().get(name, default)


def test_the_work_grows_with_the_text_and_no_faster(coach: Coach) -> None:
    line = "You feel alone in the evening when I look at my phone, and you long for an hour. "
    asked = []
    for times in (1, 10, 40):
        patterns = Counted(coach.language.cues)
        counting = replace(coach.language, cues=patterns)
        find("mirror", line * times, line * times, counting)
        asked.append(len(patterns.asked))
    assert asked[0] < 120
    assert asked[1] < 10 * asked[0]
    assert asked[2] < 4.2 * asked[1]


def test_a_text_without_end_is_read_up_to_a_point(coach: Coach) -> None:
    endless = "you should, so you really must, and do you know why " * 20_000
    patterns = Counted(coach.language.cues)
    find("mirror", "", endless, replace(coach.language, cues=patterns))
    assert len(patterns.asked) < 5_000

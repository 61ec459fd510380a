"""The page "how I like it": every way is there, a press away, and equal."""

from __future__ import annotations

import re

from imago_tui.coach import CODES
from imago_tui.evening.page import Answer
from imago_tui.helping.choosing import BACK, KINDS, TOP, Choosing
from imago_tui.helping.likes import SWITCHES, Likes
from imago_tui.words import words

PAGES = tuple(words.table("likes.top"))


def pressed(choosing: Choosing, *keys: str) -> Choosing:
    for key in keys:
        assert key in {one.key for one in choosing.page().options}
        choosing = choosing.take(Answer(key))
    return choosing


def test_every_way_is_on_a_page() -> None:
    there = {key for page in PAGES for key in words.table(f"likes.{page}")}
    assert there == {*SWITCHES, "help", "pace"}
    assert set(words.table("likes.kinds")) == {"title", "open", *CODES}


def test_a_press_counts_at_once_and_twice_is_as_before() -> None:
    for page in PAGES:
        for key in words.table(f"likes.{page}"):
            once = pressed(Choosing("Ana", Likes()), page, key)
            assert once.likes != Likes()
            assert once.page().usual == key
            if key in SWITCHES:
                assert pressed(once, key).likes == Likes()


def test_one_of_several_comes_round() -> None:
    at = pressed(Choosing("Ana", Likes()), "steps")
    seen = [at.likes.pace]
    for _ in range(4):
        at = pressed(at, "pace")
        seen.append(at.likes.pace)
    assert seen == ["", "calm", "normal", "brisk", ""]


def test_a_kind_of_line_stays_away_for_good() -> None:
    at = pressed(Choosing("Ana", Likes()), "help", KINDS, "advice", BACK, BACK)
    assert at.likes.quiet == {"advice"}
    assert at.at == TOP
    assert pressed(at, BACK).done


def test_no_page_has_more_than_can_be_seen_but_the_kinds_and_none_counts() -> None:
    for page in PAGES:
        shown = pressed(Choosing("Ana", Likes()), page).page()
        assert len(shown.options) <= 5
        for option in shown.options:
            assert len(option.label) <= 58
            assert not re.search(r"\d", option.label)

"""What a look back shows, as values."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from imago_tui import retelling
from imago_tui.journal.entry import Head, Note
from imago_tui.journal.keepsakes import AGREED, THEME, Keepsake
from imago_tui.promises import REPLY, Promise
from imago_tui.review import remembered, threads
from imago_tui.review.choices import choices, with_
from imago_tui.review.days import by_day, next_kept, walk, weeks
from imago_tui.review.feelings import felt
from imago_tui.review.shown import Heading, Leaf
from imago_tui.review.still_open import StillOpen
from imago_tui.review.timeline import Chosen, Marks, by_month
from imago_tui.words import words

GROUPS = ("unfinished", "times", "agreed", "parked")
NOW = datetime(2026, 11, 22, 20, 15, tzinfo=UTC)


def head(number: int, topic: str | None = "Soup.", days: float = 0, **more: Any) -> Head:
    began = NOW - timedelta(days=days)
    given = {"room": "shared", "exercise": "dialogue", "ended": began, "state": "done", **more}
    return Head(id=f"{number:016x}", topic=topic, started=began, **given)


def kept(*of: tuple[Head, str, str]) -> dict[str, list[Keepsake]]:
    return remembered.by_dialogue(
        Keepsake(one.id, step, "Ana", "Ben", said) for one, step, said in of
    )


def texts(items: Any) -> list[str]:
    return [one.text for one in items]


def test_the_list_says_each_month_once() -> None:
    heads = [head(1), head(2, days=3), head(3, days=30), head(4, days=400)]
    items = list(by_month(heads))
    months = [one.text for one in items if isinstance(one, Heading)]
    assert months == ["November 2026", "October 2026", "October 2025"]
    assert [one for one in items if isinstance(one, Head)] == heads


def test_the_first_page_holds_remembered_lines_and_this_day_and_nothing_else() -> None:
    today, last_year, other = head(1), head(2, days=365), head(3, days=9)
    lines = kept(
        (today, "remember", "Of today."),
        (today, "appreciate", "Thanks of today."),
        (other, "remember", "Of last week."),
        (other, "empathize", "You feel sad."),
        (other, AGREED, "A walk."),
        (last_year, "remember", "Of last year."),
        (last_year, "appreciate", "For the soup."),
        (last_year, "empathize", "You felt small."),
    )
    items = remembered.opening([today, other, last_year], lines, NOW.date())
    assert texts(items) == [
        retelling.day(last_year.started), "Of last year.", "For the soup.",
        words("review.remembered.lately"), "Of today.", "Of last week.", "Of last year.",
    ]  # fmt: skip
    assert (
        remembered.opening([other], kept((other, "empathize", "You feel sad.")), NOW.date()) == []
    )


def test_this_day_is_that_of_the_calendar_also_on_a_leap_day() -> None:
    leap = Head(
        id="1" * 16, room="shared", exercise="dialogue", topic=None, state="done", ended=None,
        started=datetime(2024, 2, 29, 9, tzinfo=UTC),
    )  # fmt: skip
    lines = kept((leap, "thanks", "For the day."))
    assert "For the day." in texts(remembered.on_this_day([leap], lines, date(2028, 2, 29)))
    assert list(remembered.on_this_day([leap], lines, date(2026, 2, 28))) == []
    assert list(remembered.on_this_day([leap], lines, date(2024, 2, 29))) == []


@pytest.mark.parametrize(
    "day", [date(2024, 2, 29), date(2026, 11, 22), date(1, 1, 1), date(9999, 12, 31)]
)
def test_a_month_has_all_its_days_once(day: date) -> None:
    found = [one for week in weeks(day, {day: ()}) for one in week]
    mine = [one.date for one in found if not one.beside]
    assert mine[0].day == 1
    assert mine == [mine[0] + timedelta(days=n) for n in range(len(mine))]
    assert walk(mine[-1], days=1).month != day.month or mine[-1] == date.max
    assert [one.date for one in found if one.kept] == [day]


def test_days_are_walked_over_the_ends_of_months_and_of_time() -> None:
    assert walk(date(2026, 1, 31), months=1) == date(2026, 2, 28)
    assert walk(date(2026, 12, 15), months=1) == date(2027, 1, 15)
    assert walk(date(2026, 3, 31), months=-13) == date(2025, 2, 28)
    assert walk(date(2026, 12, 31), days=1) == date(2027, 1, 1)
    assert walk(date.max, days=7) == walk(date.max, months=1) == date.max
    assert walk(date.min, days=-1) == walk(date.min, months=-1) == date.min
    days = by_day([head(1), head(2, days=2), head(3, days=2), head(4, days=9)])
    assert [len(of) for of in days.values()] == [1, 2, 1]
    assert next_kept(NOW.date(), days, later=False) == date(2026, 11, 20)
    assert next_kept(date(2026, 11, 20), days, later=True) == NOW.date()
    assert next_kept(NOW.date(), days, later=True) == NOW.date()


def test_topics_come_back_by_word_or_as_they_were_chosen_and_never_hidden_ones() -> None:
    heads = [
        head(1, "How we talk about Money."), head(2, "The roof"), head(3, "money for the ROOF!"),
        head(4, None), head(5, None, room="together"),
        head(6, "Money, unfinished", state="unfinished"),
    ]  # fmt: skip
    chosen = kept(
        (heads[1], THEME, "household"), (heads[3], THEME, "household"), (heads[3], THEME, "?")
    )
    found = {one.word: [of.id[-1] for of in one.heads] for one in threads.threads(heads, chosen)}
    assert found == {"Money": ["1", "3"], "roof": ["2", "3"], "Home and chores": ["2", "4"]}


def test_along_a_topic_stand_remembered_lines_and_promises_and_no_name() -> None:
    one, other = head(1, "Soup again"), head(2, "Soup", days=40)
    lines = kept(
        (one, "remember", "Ask  me\nfirst."), (one, AGREED, "A walk"), (one, AGREED, REPLY),
        (one, "empathize", "You feel sad."), (one, "appreciate", "Thanks."),
    )  # fmt: skip
    (thread,) = threads.threads([one, other], lines)
    items = threads.along(thread, lines)
    assert [type(item) for item in items] == [Heading, Leaf, Heading, Leaf]
    assert items[1].text.split("\n") == [
        "Ask me first.",
        words("review.topics.agreed_open", what="A walk"),
    ]
    assert not any("Ana" in str(item) or "Ben" in str(item) for item in items)
    assert items[3].text == ""


def test_feelings_are_those_named_in_a_guess_at_the_other() -> None:
    one, other, none = head(1), head(2), head(3)
    found = felt(
        kept(
            (one, "empathize", "I imagine you feel Let  down, and a bit SCARED."),
            (other, "empathize", "You feel on edge, I guess"),
            (none, "empathize", "You feel that I am late."),
            (none, "remember", "I was sad."),
        )
    )
    assert found == {one.id: {"sad", "afraid"}, other.id: {"afraid"}}


def test_only_what_there_is_can_be_chosen_and_each_side_narrows_it() -> None:
    heads = [
        head(1, "Money"), head(2, "Money", exercise="short"), head(3, None, room="together"),
        head(4, None, state="unfinished"),
    ]  # fmt: skip
    marks = Marks({heads[0].id: {"sad"}}, {"Money": {heads[0].id, heads[1].id}})
    sides = choices(heads, marks).sides
    assert [value for value, _ in sides["exercise"]] == ["dialogue", "short"]
    assert [value for value, _ in sides["state"]] == ["done", "unfinished", "together"]
    assert choices(heads, marks).open == ("exercise", "state"), "one value is no choice"
    both = with_(with_(Chosen(), "topic", "Money"), "feeling", "sad")
    assert both.of(heads, marks) == [heads[0]]
    assert with_(Chosen(), "state", "together").of(heads, marks) == [heads[2]]
    assert with_(Chosen(), "state", "done").of(heads, marks) == heads[:2]
    assert with_(Chosen(), "exercise", "short").of(heads, marks) == [heads[1]]
    assert with_(both, "feeling", "") == with_(Chosen(), "topic", "Money")
    assert not Chosen()
    assert Chosen().told() == ""
    assert "Money" in both.told()


def test_what_is_open_is_told_in_groups_and_found_again_by_its_id() -> None:
    standing = (
        Promise(
            "1.0", "request", NOW, NOW + timedelta(days=3), what="A walk", by="Ben", for_="Ana"
        ),
        Promise("2", "return", NOW, exercise="dialogue", entry="2"),
        Promise("3", "meeting", NOW, NOW + timedelta(hours=3), exercise="dialogue"),
    )
    parked = Note(id="4", kind="parked", made=NOW, who="Ana", text="The cellar.")
    found = StillOpen(standing, [parked])
    items = found.items()
    headings = [one.text for one in items if isinstance(one, Heading)]
    assert headings == [
        words(f"review.open.{one}") for one in ("unfinished", "times", "agreed", "parked")
    ]
    leaves = [one for one in items if isinstance(one, Leaf)]
    assert [found.promise(one.id) for one in leaves[:3]] == [standing[1], standing[2], standing[0]]
    assert found.note(leaves[3].id) is parked
    assert found.promise(leaves[3].id) is None
    assert found.note("4") is None
    assert StillOpen().items() == []

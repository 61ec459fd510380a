"""A kept dialogue as it is re-read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone

import pytest

from imago_tui import retelling
from imago_tui.journal.entry import Agreement, Entry, Turn
from imago_tui.plain import reading
from imago_tui.words import words

BEGAN = datetime(2026, 11, 22, 20, 15, tzinfo=timezone(timedelta(hours=1)))


def turn(step: str, who: str, text: str | None, about: str = "", **more: bool) -> Turn:
    return Turn(0, step, who, about or who, text, text is None, **more)


def entry(*turns: Turn, **more: object) -> Entry:
    made = Entry(
        id="0" * 16,
        room="shared",
        exercise="dialogue",
        topic="The dishes.",
        started=BEGAN,
        ended=BEGAN,
        state="done",
        partners=("Ana", "Ben"),
        kept="all",
        turns=tuple(replace(one, n=n) for n, one in enumerate(turns, 1)),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def test_what_was_given_back_stands_at_the_side_of_the_one_who_gave_it() -> None:
    said, back = retelling.retold(
        entry(turn("send", "Ana", "I sat alone."), turn("mirror", "Ben", "You sat alone.", "Ana"))
    )
    assert (said.who, said.kind, said.text) == (0, "said", "I sat alone.")
    assert (back.who, back.kind) == (1, "back")
    assert "Ben" in back.head


def test_words_are_kept_to_the_letter() -> None:
    odd = "  two\nlines \x1b[31m {who} [b]  "
    (block,) = retelling.retold(entry(turn("send", "Ana", odd)))
    assert block.text == odd


def test_rounds_said_aloud_are_told_in_one_line() -> None:
    aloud = [turn("send", "Ben", None), turn("mirror", "Ana", None, "Ben")] * 4
    (block,) = retelling.retold(entry(*aloud))
    assert block.kind == "quiet"
    assert block.text == words("review.aloud_round", who="Ben", other="Ana")


def test_a_typed_piece_with_its_mirror_said_aloud() -> None:
    said, back = retelling.retold(
        entry(turn("send", "Ana", "Soup."), turn("mirror", "Ben", None, "Ana"))
    )
    assert said.text == "Soup."
    assert back.text == words("review.aloud_round", who="Ana", other="Ben")


def test_what_was_said_aloud_is_told_gently_at_their_side() -> None:
    (block,) = retelling.retold(entry(turn("appreciate", "Ben", None)))
    assert (block.who, block.kind) == (1, "quiet")
    assert block.text.startswith("Ben")


def test_the_line_to_remember_stands_out() -> None:
    (block,) = retelling.retold(entry(turn("remember", "Ana", "Not alone.")))
    assert (block.kind, block.head, block.text) == (
        "remember",
        words("review.remember"),
        "Not alone.",
    )


@pytest.mark.usefixtures("berlin")
def test_agreements_come_last() -> None:
    told = retelling.retold(
        entry(
            turn("send", "Ana", "Soup."),
            agreements=(
                Agreement("reply", "Ben", "Ana", BEGAN.isoformat()),
                Agreement("a walk", "Ana", "Ben", "on Sunday"),
            ),
        )
    )
    assert told[1].who is None
    assert "Ben" in told[1].text
    assert "Sunday, 22 November 2026, 20:15" in told[1].text
    assert "a walk" in told[2].text
    assert "on Sunday" in told[2].text


def test_a_part_that_makes_sense_is_told_as_a_part() -> None:
    whole, part = retelling.retold(
        entry(
            turn("validate", "Ben", "It does.", "Ana"),
            turn("validate", "Ben", "Some does.", "Ana", partly=True),
        )
    )
    assert whole.head != part.head


def test_a_step_of_another_exercise_still_reads() -> None:
    (block,) = retelling.retold(entry(turn("gift", "Ana", "A walk.")))
    assert "gift" in block.head


def test_nothing_kept_of_what_was_said() -> None:
    (block,) = retelling.retold(entry())
    assert block.text == words("reading.empty")


def test_titles() -> None:
    assert retelling.title(entry()) == "A dialogue: The dishes."
    assert retelling.title(entry(), short=True) == "The dishes."
    assert retelling.title(entry(topic=None), short=True) == "A dialogue"
    assert retelling.title(entry(exercise="of our own", topic=None)) == "of our own"
    assert retelling.title(entry(state="unfinished")) == "A dialogue"


def test_states_in_words() -> None:
    assert retelling.state(entry()) == ""
    assert retelling.state(entry(state="unfinished")) == words("review.state_unfinished")
    sealed = entry(room="together", topic=None)
    assert retelling.state(sealed) == words("review.state_together")
    assert retelling.state(replace(sealed, topic="x")) == words("review.state_opened")


def test_who_can_read_it_is_always_one_line() -> None:
    for kept in ("all", "outcome", "together", None):
        line = retelling.readers(entry(kept=kept))
        assert 0 < len(line) <= 46


def test_in_lines_it_is_told_with_the_same_words() -> None:
    turns = (turn("send", "Ana", "I sat alone."), turn("validate", "Ben", None, "Ana"))
    told = reading.retold(entry(*turns))
    for one in entry(*turns).turns:
        assert f"{retelling.said(one)}: {retelling.text(one)}" in told.splitlines()
    alone = replace(entry(*turns), partners=("Ana", ""))
    assert reading.retold(alone).splitlines()[0].endswith(": Ana")


@pytest.mark.usefixtures("berlin")
def test_an_hour_is_told_as_the_clock_on_the_wall_will_show_it() -> None:
    # Agreed in summer for a day on which it is winter.
    assert retelling.when("2026-10-25T20:00:00+02:00") == "Sunday, 25 October 2026, 19:00"
    assert retelling.when("on Sunday") == "on Sunday"
    assert retelling.when("0001-01-01T00:00:00+14:00") == "0001-01-01T00:00:00+14:00"


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (0, "20:15"),
        (-1, "Saturday, 20:15"),
        (6, "Saturday, 20:15"),
        (7, "Sunday, 29 November 2026, 20:15"),
    ],
)
def test_a_time_that_is_near_is_told_shortly(days: int, told: str) -> None:
    today = date(2026, 11, 22)
    moment = datetime.combine(today + timedelta(days=days), time(20, 15))
    assert retelling.near(moment, today) == told


def test_the_fields_of_a_row_stand_with_what_they_were_asked_with() -> None:
    rows = (
        turn("side", "Ana", "You look away\n\nalone\n\n\nto be seen"),
        turn("request", "Ben", "A walk\n2090-12-24"),
    )
    side, wish = (
        retelling.retold(entry(*rows, exercise="cycle")),
        retelling.retold(entry(*rows, exercise="requests")),
    )
    assert side[0].text == (
        "It starts when I see or hear ... You look away\n"
        "What I feel is ... alone\nWhat I long for is ... to be seen"
    )
    assert wish[1].head == "Ben (would like)"
    assert wish[1].text.endswith("For how long? until 24 December 2090")
    assert retelling.text(rows[1], "gone") == "A walk\n2090-12-24"


def test_a_step_of_one_s_own_is_told_as_its_exercise_tells_it() -> None:
    (block,) = retelling.retold(entry(turn("hard", "Ana", "x"), exercise="childhood"))
    assert block.head == "Ana (what was hard)"


def test_what_was_agreed_is_told_with_and_without_a_day_for_one_or_both() -> None:
    day = "2090-12-24T20:00:00+00:00"
    told = [
        retelling.agreed(one)
        for one in (
            Agreement("tea", "Ana", "Ben", day),
            Agreement("tea", "Ana", "Ben", None),
            Agreement("tea", "Ana", None, day),
            Agreement(None, "Ana", None, None),
            Agreement("decision", "Ana", None, day),
        )
    ]
    when = retelling.when(day)
    assert told == [
        f"Agreed: tea (Ana, {when})",
        "Agreed: tea (Ana)",
        f"Agreed: tea (both, {when})",
        "Agreed: what was said aloud (both)",
        f"Agreed: we look again, {when}",
    ]

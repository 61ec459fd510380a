"""What the two have agreed, and what is still open of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from imago_tui import promises
from imago_tui.journal.entry import Agreement, Entry, Note, Turn
from imago_tui.promises import LAPSES, REMEMBERED, TIMES, Promise, due, standing
from imago_tui.words import words

NOW = datetime(2026, 11, 22, 20, 15, tzinfo=UTC)
DAY = timedelta(days=1)


def at(days: float) -> datetime:
    return NOW + days * DAY


def held(number: int, *agreements: Agreement, days: float = -7, exercise: str = "request") -> Entry:
    return Entry(
        id=f"{number:016x}",
        room="shared",
        exercise=exercise,
        topic="The evenings",
        started=at(days),
        ended=at(days),
        state="done",
        partners=("Ana", "Ben"),
        kept="all",
        agreements=agreements,
    )


def gift(by: str = "Ben", until: float = 7, what: str = "One evening a week") -> Agreement:
    return Agreement(what, by, "Ana" if by == "Ben" else "Ben", at(until).isoformat())


def booked(until: float) -> Agreement:
    return Agreement("reply", "Ben", "Ana", at(until).isoformat())


def note(kind: str, about: str, days: float = 0, number: int = 1) -> Note:
    return Note(id=f"{number:016x}", kind=kind, made=at(days), about=about)  # type: ignore[arg-type]


def one(*entries: Entry, notes: tuple[Note, ...] = (), now: datetime = NOW) -> Promise | None:
    found = standing(entries, notes, now)
    assert len(found) < 2
    return found[0] if found else None


def test_a_gift_is_open_until_its_end_and_then_the_two_may_look_back() -> None:
    entry = held(1, gift(until=7))
    found = one(entry)
    assert found == Promise(
        f"{1:016x}.0", "request", at(-7), at(7), what="One evening a week", by="Ben", for_="Ana",
        exercise="request", topic="The evenings", entry=entry.id,
    )  # fmt: skip
    assert due((found,)) is None
    ended = one(entry, now=at(7))
    assert ended is not None
    assert due((ended,)) == replace(found, due=True)


def test_a_gift_that_nobody_looks_back_at_lets_itself_go() -> None:
    entry = held(1, gift(until=0))
    assert one(entry, now=NOW + REMEMBERED)
    assert one(entry, now=NOW + REMEMBERED + timedelta(seconds=1)) is None


@pytest.mark.parametrize("kind", ["looked-back", "let-go"])
def test_what_was_looked_back_at_or_let_go_is_open_no_more(kind: str) -> None:
    assert one(held(1, gift()), notes=(note(kind, f"{1:016x}.0"),)) is None
    assert one(held(1, gift()), notes=(note(kind, f"{2:016x}.0"),))


def test_asked_three_times_it_lets_itself_go() -> None:
    asked = [note("asked", f"{1:016x}.0", number=n) for n in range(TIMES)]
    assert one(held(1, gift()), notes=tuple(asked[:-1]))
    assert one(held(1, gift()), notes=tuple(asked)) is None


def test_one_gift_is_open_in_each_direction_the_newest() -> None:
    older, newer = held(1, gift(until=3), days=-9), held(2, gift(until=9), days=-2)
    other = held(3, gift(by="Ana", until=5), exercise="stretch")
    found = standing((newer, other, older), (), NOW)
    assert [(each.entry, each.kind) for each in found] == [
        (other.id, "stretch"),
        (newer.id, "request"),
    ]


def test_a_booked_turn_lapses_quietly() -> None:
    entry = held(1, booked(1), exercise="dialogue")
    found = one(entry)
    assert found is not None
    assert (found.kind, found.what, found.by, found.due) == ("reply", None, "Ben", False)
    later = one(entry, now=at(1))
    assert later is not None
    assert later.due
    assert not later.gift
    assert due((later,)) is None
    assert one(entry, now=at(1) + LAPSES + timedelta(seconds=1)) is None


def test_a_booked_turn_that_was_taken_is_open_no_more() -> None:
    entry = held(1, booked(1), exercise="dialogue", days=-1)
    ben = (Turn(1, "send", "Ben", "Ben", "I ...", aloud=False),)
    ana = (Turn(1, "send", "Ana", "Ana", "I ...", aloud=False),)
    again = held(2, exercise="dialogue", days=-0.5)
    assert one(entry, again) is None  # nothing was kept that says who was heard
    assert one(entry, replace(again, turns=ben)) is None
    assert one(entry, replace(again, turns=ana))
    assert one(entry, replace(again, exercise="appreciation"))
    assert one(entry, replace(again, started=at(-2)))


@pytest.mark.parametrize(
    ("what", "kind"), [("return", "meeting"), ("decision", "decision"), ("look-back", "look-back")]
)
def test_an_hour_they_named_lapses_or_is_kept(what: str, kind: str) -> None:
    entry = held(1, Agreement(what, "Ben", None, at(1).isoformat()), days=-1)
    found = one(entry)
    assert found is not None
    assert (found.kind, found.what, found.for_, found.gift) == (kind, None, "", False)
    assert one(entry, now=at(1) + LAPSES + timedelta(seconds=1)) is None
    assert one(entry, held(2, days=-0.5)) is None


def test_where_there_is_a_gift_its_own_end_is_the_hour_to_look_back() -> None:
    look = Agreement("look-back", "Ben", None, at(9).isoformat())
    found = one(held(1, gift(until=7), look))
    assert found is not None
    assert found.kind == "request"


def test_of_two_from_one_talk_the_one_with_a_day_stands() -> None:
    dated, open_ = gift(until=7), Agreement("Tell them", "Ben", "Ana", None)
    for both in ((dated, open_), (open_, dated)):
        found = one(held(1, *both))
        assert found is not None
        assert found.what == dated.what


def test_what_the_two_do_together_is_in_nobodys_direction() -> None:
    ours = Agreement("A walk", "Ben", None, at(7).isoformat())
    found = standing((held(1, ours, exercise="fun"), held(2, gift(until=9))), (), NOW)
    assert [one.for_ for one in found] == ["", "Ana"]
    assert promises.between(found[0]) == words("promises.say.ours")
    assert promises.say(found[0]).startswith("Together")


def test_a_talk_put_off_stands_until_they_sit_down_or_it_lapses() -> None:
    put_off = Note(
        id=f"{9:016x}", kind="appointment", made=at(-1), when=at(0.5), exercise="dialogue"
    )
    found = one(notes=(put_off,))
    assert found == Promise(put_off.id, "meeting", at(-1), at(0.5), exercise="dialogue")
    assert one(held(1, exercise="dialogue", days=-0.2), notes=(put_off,)) is None
    assert one(notes=(put_off,), now=at(0.5) + LAPSES + timedelta(seconds=1)) is None
    assert one(notes=(put_off, note("let-go", put_off.id))) is None


def test_a_talk_that_stopped_in_the_middle_says_the_hour_they_named() -> None:
    entry = replace(held(1, exercise="dialogue"), state="unfinished", ended=None)
    assert one(entry) == Promise(
        entry.id, "return", entry.started, exercise="dialogue", entry=entry.id
    )
    told = one(replace(entry, log=({"until": at(-0.1).isoformat()},)))
    assert told is not None
    assert (told.when, told.due) == (at(-0.1), True)


def test_of_visions_the_newest_stands_and_after_a_year_it_is_worth_a_look() -> None:
    old, new = held(1, exercise="vision", days=-400), held(2, exercise="vision", days=-10)
    found = one(old, new)
    assert found is not None
    assert (found.entry, found.due, found.when) == (new.id, False, at(355))
    aged = one(old)
    assert aged is not None
    assert aged.due


def test_they_stand_by_date_and_without_one_last() -> None:
    stopped = replace(held(5, exercise="short"), state="unfinished", ended=None)
    found = standing(
        (
            stopped,
            held(1, gift(until=7)),
            held(2, booked(1), exercise="dialogue"),
            held(3, exercise="vision"),
        ),
        (),
        NOW,
    )
    assert [each.kind for each in found] == ["reply", "request", "vision", "return"]


@pytest.mark.parametrize("until", [None, "whenever we like", "2026-12-01"])
def test_an_end_in_words_or_as_a_day_is_taken_as_it_comes(until: str | None) -> None:
    found = one(held(1, Agreement("Walk together", "Ben", "Ana", until)))
    assert found is not None
    assert (found.when is not None) == (until == "2026-12-01")


def test_what_is_sealed_says_nothing_here() -> None:
    sealed = replace(held(1), room="together", kept=None, sealed=True)
    assert standing((sealed,), (), NOW) == ()
    assert promises.standing((), (), NOW) == ()


def test_each_is_said_in_a_line_without_a_word_of_blame() -> None:
    stopped = replace(held(5, exercise="short"), state="unfinished", ended=None)
    found = standing(
        (
            stopped,
            replace(held(1, gift(until=7)), agreements=(replace(gift(), what=None),)),
            held(2, booked(1), exercise="dialogue"),
            held(3, exercise="vision"),
            held(4, gift(by="Ana", what="A walk\non Sundays")),
        ),
        (Note(id=f"{9:016x}", kind="appointment", made=at(-1), when=at(0.5), exercise="redo"),),
        NOW,
    )
    told = [promises.say(each) for each in found]
    assert len(set(told)) == len(found) == 6
    assert any("A walk on Sundays" in line for line in told)
    assert any("The evenings" in line for line in told)
    assert [promises.between(each) for each in found if each.gift] == [
        words("promises.say.gift", by=by, other=other)
        for by, other in (("Ben", "Ana"), ("Ana", "Ben"))
    ]

"""What a line means: answers, words, and times as people write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imago_tui import exercises
from imago_tui.dialogue.events import BadAnswer, BadWhen, Shape, parse, when
from imago_tui.dialogue.moves import shapes
from tests.dialogue.table import NOW

if TYPE_CHECKING:
    from imago_tui.dialogue.events import Event

BERLIN = ZoneInfo("Europe/Berlin")
SHAPES = shapes(exercises.load("dialogue").places)


def meant(step: str, say: str | None) -> Event:
    return parse(step, say, SHAPES.get(step, Shape()), NOW)


@pytest.mark.parametrize(
    ("step", "say", "answer", "words"),
    [
        ("ready", " yes ", "yes", None),
        ("check", "yes", "yes", None),
        ("check", "almost", "almost", None),
        ("check", "almost:", "almost", None),
        ("check", "almost: a whole hour", "almost", "a whole hour"),
        ("check", "almost:a: b", "almost", "a: b"),
        ("check", "added: not angry", "added", "not angry"),
        ("check", "tone", "tone", None),
        ("empathy-check", "almost:  two blanks", "almost", " two blanks"),
        ("more", "no", "no", None),
        ("validate", "partly: what makes sense", "partly", "what makes sense"),
        ("validate", "partly", "partly", None),
        ("validate", "You make sense: all of it", None, "You make sense: all of it"),
        ("validate", None, None, None),
        ("send", " as it is \n", None, " as it is \n"),
        ("send", "yes", None, "yes"),
        ("send", None, None, None),
        ("enough", None, None, None),
        ("skip", "yes", None, None),
        ("resume", "yes", None, None),
        ("pause", None, None, None),
        ("keep", "together", "together", None),
        ("switch", "enough", "enough", None),
    ],
)
def test_a_line(step: str, say: str | None, answer: str | None, words: str | None) -> None:
    event = meant(step, say)
    assert (event.step, event.answer, event.words, event.when) == (step, answer, words, None)


@pytest.mark.parametrize(
    ("step", "say"),
    [
        ("ready", None),
        ("check", ""),
        ("check", "almos"),
        ("check", "tone: sharp"),
        ("check", "yes, you got it"),
        ("more", "maybe"),
        ("keep", "everything"),
        ("pause", "please"),
        ("resume", "no"),
        ("skip", "it"),
        ("switch", "later"),
    ],
)
def test_an_answer_that_is_none(step: str, say: str | None) -> None:
    with pytest.raises(BadAnswer) as refused:
        meant(step, say)
    assert refused.value.good
    assert refused.value.step == step


def test_answers_with_a_time() -> None:
    assert meant("ready", "later 20:00").when == NOW.replace(hour=20)
    assert meant("switch", "book tomorrow 9:30").answer == "book"
    assert meant("time-out", "20").when == NOW + timedelta(minutes=20)
    assert meant("time-out", "12:30").when == NOW.replace(minute=30)
    assert meant("time-out", None).when is None
    for step, say in (("ready", "later"), ("ready", "later 20"), ("switch", "book soon")):
        with pytest.raises(BadWhen):
            meant(step, say)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20:00", "2026-11-22T20:00:00+00:00"),
        ("12:01", "2026-11-22T12:01:00+00:00"),
        ("12:00", "2026-11-23T12:00:00+00:00"),
        ("9:05", "2026-11-23T09:05:00+00:00"),
        ("00:00", "2026-11-23T00:00:00+00:00"),
        ("tomorrow 20:00", "2026-11-23T20:00:00+00:00"),
        ("  tomorrow   9:00 ", "2026-11-23T09:00:00+00:00"),
        ("2026-12-24T18:00", "2026-12-24T18:00:00+00:00"),
        ("2026-12-24 18:00", "2026-12-24T18:00:00+00:00"),
        ("2026-12-24T18:00+02:00", "2026-12-24T18:00:00+02:00"),
    ],
)
def test_a_time(text: str, expected: str) -> None:
    assert when(text, NOW).isoformat() == expected


@pytest.mark.parametrize("text", ["2026-11-22T12:00", "2020-01-01 10:00", "2026-11-22T13:00+05:00"])
def test_a_time_that_is_over(text: str) -> None:
    with pytest.raises(BadWhen) as refused:
        when(text, NOW)
    assert refused.value.past


@pytest.mark.parametrize(
    "text",
    ["", "20", "25:00", "20:60", "tomorrow", "today 20:00", "2026-12-24", "2026-13-01T10:00",
     "20.00", "tomorrow 2026-12-24T18:00", "noon", "9" * 5000],
)  # fmt: skip
def test_a_time_that_can_t_be_read(text: str) -> None:
    with pytest.raises(BadWhen) as refused:
        when(text, NOW)
    assert not refused.value.past


@pytest.mark.parametrize("text", ["0", "-5", "10081", "9" * 5000, "1.5", "٢٠"])
def test_minutes_that_can_t_be_meant(text: str) -> None:
    with pytest.raises(BadWhen):
        when(text, NOW, minutes=True)


@given(
    st.text() | st.from_regex(r"(tomorrow )?\d{1,4}[-:.]\d\d?([-T: ]\d\d?){0,4}", fullmatch=True)
)
def test_any_text_is_a_time_to_come_or_refused(text: str) -> None:
    for now in (NOW, NOW.astimezone(BERLIN), NOW.astimezone()):
        try:
            moment = when(text, now, minutes=True)
        except BadWhen:
            continue
        assert moment > now
        assert moment.utcoffset() is not None


def test_a_named_zone_keeps_its_wall_clock_over_a_change_of_offset() -> None:
    # On 29 March 2026 the clocks there go from 2:00 to 3:00.
    now = datetime(2026, 3, 28, 21, 0, tzinfo=BERLIN)
    moment = when("tomorrow 20:00", now)
    assert moment.isoformat() == "2026-03-29T20:00:00+02:00"
    assert moment - now.astimezone(UTC) == timedelta(hours=22)
    assert when("2026-03-30T08:00", now).isoformat() == "2026-03-30T08:00:00+02:00"
    assert when("20", now, minutes=True) - now == timedelta(minutes=20)


@pytest.mark.usefixtures("berlin")
def test_a_bare_offset_of_this_machine_stands_for_its_zone() -> None:
    now = datetime(2026, 3, 28, 21, 0).astimezone()
    assert isinstance(now.tzinfo, timezone)
    assert when("tomorrow 20:00", now).isoformat() == "2026-03-29T20:00:00+02:00"
    # A zone with a name keeps its own wall clock, whatever this machine's is.
    away = datetime(2026, 3, 28, 21, 0, tzinfo=ZoneInfo("Africa/Lagos"))
    assert when("tomorrow 20:00", away).isoformat() == "2026-03-29T20:00:00+01:00"


NAMED = pytest.mark.parametrize("named", [True, False], ids=["a zone", "this machine's offset"])


def there(clock: str, *, named: bool) -> datetime:
    """A moment in Berlin, as a zone tells it or with a bare offset."""
    moment = datetime.fromisoformat(clock)
    return moment.astimezone(BERLIN if named else None)


@NAMED
@pytest.mark.usefixtures("berlin")
@pytest.mark.parametrize(
    ("now", "text", "expected"),
    [
        # Put back at 3:00, so that the hour before it comes twice.
        ("2026-10-25T01:30+02:00", "02:30", "2026-10-25T02:30:00+02:00"),
        ("2026-10-25T02:45+02:00", "02:30", "2026-10-25T02:30:00+01:00"),
        ("2026-10-25T02:15+01:00", "02:30", "2026-10-25T02:30:00+01:00"),
        ("2026-10-25T02:45+01:00", "02:30", "2026-10-26T02:30:00+01:00"),
        ("2026-10-25T02:45+02:00", "2026-10-25T02:30", "2026-10-25T02:30:00+01:00"),
        ("2026-10-25T02:45+02:00", "2026-10-25T02:30+01:00", "2026-10-25T02:30:00+01:00"),
        ("2026-10-24T20:00+02:00", "tomorrow 20:00", "2026-10-25T20:00:00+01:00"),
        ("2026-10-24T20:00+02:00", "tomorrow 02:30", "2026-10-25T02:30:00+02:00"),
        ("2026-10-25T02:45+02:00", "20", "2026-10-25T02:05:00+01:00"),
        # Put on at 2:00, so that the hour behind it is left out.
        ("2026-03-28T21:00+01:00", "tomorrow 02:30", "2026-03-29T03:30:00+02:00"),
        ("2026-03-29T01:50+01:00", "02:30", "2026-03-29T03:30:00+02:00"),
        ("2026-03-29T03:40+02:00", "02:30", "2026-03-30T02:30:00+02:00"),
        ("2026-03-28T21:00+01:00", "2026-03-29T02:30", "2026-03-29T03:30:00+02:00"),
        ("2026-03-29T01:50+01:00", "20", "2026-03-29T03:10:00+02:00"),
    ],
)
def test_a_time_where_the_clocks_change(now: str, text: str, expected: str, named: bool) -> None:  # noqa: FBT001
    moment = when(text, there(now, named=named), minutes=True)
    assert moment.isoformat() == expected

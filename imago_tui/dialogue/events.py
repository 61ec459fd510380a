"""What people did: an event, and how a script's or a person's line becomes one.

Events carry no clock reading: the turn timer is kept beside the talk (``clock``), and no time of a
turn is ever written down.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import tzinfo

    from imago_tui.dialogue.stage import Column

PERSONS = (0, 1)
"""The two people, in the order in which they were named. Roles change, persons don't."""

HOLDS = ("pause", "time-out", "too-much")
EXITS = (*HOLDS, "stop")
HELPS = ("resume", "slower", "more-time", "skip", "back")
PLAIN = ("enough", "done", "read")
"""Steps of the table that carry nothing."""


class BadWhen(ValueError):
    """A time that can't be read, or is over already (``past``)."""

    def __init__(self, *, past: bool = False) -> None:
        """``past``: it could be read, but it is over."""
        super().__init__("past" if past else "unreadable")
        self.past = past


class BadAnswer(ValueError):
    """An answer this step doesn't have."""

    def __init__(self, step: str, answer: str, good: Collection[str]) -> None:
        """``good``: the answers it has."""
        super().__init__(step)
        self.step, self.answer, self.good = step, answer, tuple(good)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that somebody did.

    ``who`` is 0, 1 or None (exits); ``words`` are verbatim, None when said aloud, and a row's
    fields one a line (see ``rows``); ``answer`` is set for decisions; ``when`` is an agreed time,
    aware, or the day that a row names.
    """

    step: str
    who: int | None = None
    words: str | None = None
    answer: str | None = None
    when: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """What a step may carry: answers (with those that take words or a time), words, a row."""

    answers: tuple[str, ...] = ()
    with_words: frozenset[str] = frozenset()
    with_when: frozenset[str] = frozenset()
    words: bool = False
    columns: tuple[Column, ...] = ()


def parse(step: str, say: str | None, shape: Shape, now: datetime) -> Event:
    """The event, without its person, that ``say`` means at a step of this shape.

    ``almost: what was left out`` is an answer with words; ``later 20:00`` an answer with a time.
    Raises BadAnswer and BadWhen.
    """
    text = (say or "").strip()
    if step == "time-out":
        return Event(step, when=when(text, now, minutes=True) if text else None)
    if step in {*EXITS, *HELPS, *PLAIN}:
        if text not in {"", "yes"}:
            raise BadAnswer(step, text, ("yes",))
        return Event(step)
    before, colon, rest = (say or "").partition(":")
    head = before.strip()
    if head in shape.with_words and (colon or head == text):
        return Event(step, answer=head, words=rest.removeprefix(" ") if rest.strip() else None)
    word, _, tail = text.partition(" ")
    if word in shape.with_when:
        return Event(step, answer=word, when=when(tail, now))
    if text in shape.answers and text not in shape.with_when:
        return Event(step, answer=text)
    if shape.columns and text:
        from imago_tui.dialogue import rows

        kept, until = rows.row(rows.split(say or "", shape.columns), shape.columns, now)
        return Event(step, words=kept, when=until)
    if shape.words:
        return Event(step, words=say)
    raise BadAnswer(step, head or text, shape.answers)


A_WEEK = 7 * 24 * 60
"""The longest time-out that is given in minutes."""

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")


def when(text: str, now: datetime, *, minutes: bool = False) -> datetime:
    """A time as people write it: HH:MM (the next such time), ``tomorrow HH:MM``, ISO date and time.

    ``minutes``: a bare number means that many minutes from now. ``now`` is aware, and local time is
    its zone. Where the clocks are put back, an hour that comes twice is the first of the two that
    is still to come; for one that they leave out see ``zoned``. Raises BadWhen when it can't be
    read or is past.
    """
    text = " ".join(text.split())
    if minutes and text.isascii() and text.isdigit():
        if len(text) > len(str(A_WEEK)) or not 0 < int(text) <= A_WEEK:
            raise BadWhen
        return (now.astimezone(UTC) + timedelta(minutes=int(text))).astimezone(_zone(now))
    day, _, clock = text.rpartition(" ")
    if (found := _CLOCK.fullmatch(clock)) and day in {"", "tomorrow"}:
        try:
            at = time(int(found[1]), int(found[2]))
        except ValueError:
            raise BadWhen from None
        tomorrow = datetime.combine(now.date() + timedelta(days=1), at)
        today = None if day else _to_come(datetime.combine(now.date(), at), now)
        return today or zoned(tomorrow, now)
    if "T" not in text and " " not in text:
        raise BadWhen
    try:
        moment = datetime.fromisoformat(text)
        coming = _to_come(moment, now)
    except (ValueError, OverflowError, OSError):  # a year that this machine has no clock for
        raise BadWhen from None
    if coming is None:
        raise BadWhen(past=True)
    return coming


def _to_come(moment: datetime, now: datetime) -> datetime | None:
    """It, where it is still to come; a wall-clock time that comes twice may be so once more."""
    found = [moment] if moment.tzinfo else [zoned(moment.replace(fold=n), now) for n in (0, 1)]
    # Not by comparing the two themselves: within one zone that leaves out which of two hours it is.
    return next((one for one in found if one.timestamp() > now.timestamp()), None)


def zoned(naive: datetime, now: datetime) -> datetime:
    """The wall-clock time in ``now``'s zone.

    A bare offset that is this machine's own today stands for its zone, whose offset may be another
    on the day that is meant. A time that the clocks leave out there, as they do in spring, is as
    much later as they are put on: 3:30 for 2:30. Of one that comes twice it is the first, or the
    second where ``naive.fold`` says so.
    """
    zone = _zone(now)
    if zone is not None:
        # There and back, so that a time that is left out becomes one that there is.
        return naive.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    # Not astimezone alone, which takes a time that is left out for one that is over by then.
    whole = datetime.fromtimestamp(naive.replace(microsecond=0).timestamp(), UTC).astimezone()
    return whole.replace(microsecond=naive.microsecond)


def _zone(now: datetime) -> tzinfo | None:
    """The zone that ``now`` stands in; None: this machine's."""
    zone = now.tzinfo
    ours = isinstance(zone, timezone) and now.utcoffset() == now.astimezone().utcoffset()
    return None if ours else zone

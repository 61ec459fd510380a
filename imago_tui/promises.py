"""What the two have agreed and what is still open of it, by date, told as "we".

A pure fold over what is kept: dialogues, and the notes that say how things went on. Nothing here
counts what a person did or did not do, and nothing is ever late: a booked turn that nobody took
lapses, a gift that nobody looked back at lets itself go.

    found = standing(entries, notes, now)     # earliest first
    asked = due(found)                        # the one to look back at together, if any

Only asked for from "what's open", or after a talk that went well; never on the way into one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from imago_tui.journal.entry import Agreement, Entry, Note

Kind = Literal[
    "reply", "decision", "look-back", "meeting", "return", "request", "stretch", "caring", "vision"
]

GIFTS: frozenset[Kind] = frozenset({"request", "stretch", "caring"})
"""What one gives the other; at most one is open in each direction, the newest."""

REPLY: Kind = "reply"

HOURS: dict[str, Kind] = {
    REPLY: REPLY,
    "return": "meeting",
    "decision": "decision",
    "look-back": "look-back",
}
"""What an agreement says that names an hour, not a gift."""

VISION = "vision"
"""The exercise that leaves what the two want to be together."""

_KIND_OF: dict[str, Kind] = {"stretch": "stretch", "caring": "caring"}
"""What a gift is called, by the exercise it comes from; else it is a request."""

LAPSES = timedelta(hours=48)
"""So long after its hour a booked turn or talk still stands there."""

REMEMBERED = timedelta(days=60)
"""So long after its end a gift can still be looked back at."""

A_YEAR = timedelta(days=365)
"""After this a vision is worth another look."""

TIMES = 3
"""Asked about as often as this and left each time, it lets itself go."""


@dataclass(frozen=True, slots=True)
class Promise:
    """Something the two have agreed, as it stands now.

    Args:
        id: names it in notes: that of a note, or of an entry and which of its agreements.
        kind: "reply": a turn that was booked; "decision": an hour for an answer; "look-back": one
            for a look at something; "meeting": a talk that was put off; "return": a talk they
            stopped in the middle of; "request", "stretch", "caring": a gift of `by` for
            `for_`; "vision": what they want to be together.
        what: the gift's words; None where it was said aloud, or there is nothing more to say.
        by: name of the one who gives, or whose turn it is; "" where it is both of theirs.
        for_: name of the other one; "" likewise, or where they do it together.
        exercise: the exercise it comes from, or is for.
        topic: what that talk was about, as a list may show it.
        made: when they agreed.
        when: its hour, or the day it ends; None where it has none.
        due: that has come.
        entry: id of the dialogue it stands in, "" where it stands in none.
    """

    id: str
    kind: Kind
    made: datetime
    when: datetime | None = None
    due: bool = False
    what: str | None = None
    by: str = ""
    for_: str = ""
    exercise: str = ""
    topic: str | None = None
    entry: str = ""

    @property
    def gift(self) -> bool:
        """Whether one gives it to the other: then the two look back at it together."""
        return self.kind in GIFTS


def standing(entries: Iterable[Entry], notes: Iterable[Note], now: datetime) -> tuple[Promise, ...]:
    """What is open, earliest first, what has no date last.

    Args:
        entries: dialogues of the shared room, in any order; what is sealed says nothing here.
        notes: its notes, in any order: appointments, and all of `journal.notes.AFTERWARDS`.
        now: this moment, with offset.
    """
    entries, notes = tuple(entries), tuple(notes)
    closed = _closed(notes)
    found = [
        one
        for one in (*_of_entries(entries, now), *_meetings(entries, notes, now))
        if one.id not in closed
    ]
    kept = [one for one in found if not one.gift] + _one_each_way(found)
    return tuple(sorted(kept, key=_by_date))


def due(found: Sequence[Promise]) -> Promise | None:
    """The gift whose end has come first: the one question that may be asked after a good talk."""
    return next((one for one in found if one.gift and one.due), None)


def say(one: Promise) -> str:
    """It, in one line for both to read; may hold their words, so show it through `inert`."""
    known: str = one.kind
    if one.gift and one.when is None:
        known = "gift_open"
    elif one.gift and one.due:
        known = "gift_due"
    elif one.gift and not one.for_:
        known = "gift_ours"
    elif one.kind == "return" and one.when is not None:
        known = "return_when"
    elif one.kind == "reply" and one.topic:
        known = "reply_topic"
    local = (one.made if one.kind == "vision" else one.when or one.made).astimezone()
    return words(
        f"promises.say.{known}",
        what=what(one),
        by=one.by,
        topic=" ".join((one.topic or "").split()),
        day=_day(local),
        when=words("promises.say.hour", day=_day(local), hour=f"{local:%H:%M}"),
    )


def what(one: Promise) -> str:
    """The gift's words, in one line."""
    return " ".join((one.what or words("promises.say.aloud")).split())


def _day(moment: datetime) -> str:
    """A day that is near, as people say it."""
    return words(
        "promises.say.day",
        weekday=words.lines("review.day.weekdays")[moment.weekday()],
        day=moment.day,
        month=words.lines("review.day.months")[moment.month - 1],
    )


def between(one: Promise) -> str:
    """Whose gift it is, in a line; "" where it is no gift."""
    if not one.gift:
        return ""
    if not one.for_:
        return words("promises.say.ours")
    return words("promises.say.gift", by=one.by, other=one.for_)


def _closed(notes: Sequence[Note]) -> frozenset[str]:
    """Ids of what was looked back at, let go, or asked about often enough."""
    asked = Counter(note.about for note in notes if note.kind == "asked")
    done = {note.about for note in notes if note.kind in {"let-go", "looked-back"}}
    done |= {about for about, times in asked.items() if times >= TIMES}
    return frozenset(about for about in done if about)


def _by_date(one: Promise) -> tuple[bool, datetime]:
    return one.when is None, one.when or one.made


def _one_each_way(found: Sequence[Promise]) -> list[Promise]:
    newest: dict[str, Promise] = {}
    # Of several from one talk, the one with a day: that is the one they can look back at.
    gifts = sorted(
        (one for one in found if one.gift), key=lambda one: (one.made, one.when is not None)
    )
    for one in gifts:
        newest[one.by if one.for_ else ""] = one
    return list(newest.values())


def _of_entries(entries: Sequence[Entry], now: datetime) -> Iterator[Promise]:
    visions = [entry for entry in entries if entry.exercise == VISION and entry.state == "done"]
    if visions:
        yield _vision(max(visions, key=lambda entry: entry.started), now)
    for entry in entries:
        if entry.state == "unfinished":
            yield _stopped(entry, now)
        for place, agreement in enumerate(entry.agreements):
            one = _agreed(entry, place, agreement, now)
            if entry.state == "done" and _lives(one, entry, entries, now):
                yield one


def _vision(entry: Entry, now: datetime) -> Promise:
    again = entry.started + A_YEAR
    return Promise(
        entry.id, "vision", entry.started, again, now >= again,
        exercise=entry.exercise, entry=entry.id,
    )  # fmt: skip


def _stopped(entry: Entry, now: datetime) -> Promise:
    """A talk that stopped in the middle; its hour is the one the two named for going on."""
    said = entry.log[-1].get("until") if entry.log else None
    when = _moment(said if isinstance(said, str) else None)
    return Promise(
        entry.id, "return", entry.started, when, when is not None and now >= when,
        exercise=entry.exercise, entry=entry.id,
    )  # fmt: skip


def _agreed(entry: Entry, place: int, agreement: Agreement, now: datetime) -> Promise:
    hour = HOURS.get(agreement.what or "")
    when = _moment(agreement.until)
    return Promise(
        id=f"{entry.id}.{place}",
        kind=hour or _KIND_OF.get(entry.exercise, "request"),
        made=entry.ended or entry.started,
        when=when,
        due=when is not None and now >= when,
        what=None if hour else agreement.what,
        by=agreement.by,
        for_=agreement.for_ or "",
        exercise=entry.exercise,
        topic=entry.listed,
        entry=entry.id,
    )


def _lives(one: Promise, entry: Entry, entries: Sequence[Entry], now: datetime) -> bool:
    if one.gift:
        return not _past(one, REMEMBERED, now)
    # Where there is a gift, that is what they look back at, at its own end.
    gift = any(each.what not in HOURS for each in entry.agreements)
    if one.kind == "look-back" and gift:
        return False
    return not _past(one, LAPSES, now) and not any(_took(each, one) for each in entries)


def _past(one: Promise, grace: timedelta, now: datetime) -> bool:
    return now - (one.when or one.made) > grace


def _took(entry: Entry, hour: Promise) -> bool:
    """Whether they have sat down for it: in a later talk of the kind. A booked turn is taken by the
    one whose turn it was, where what was kept says who was heard.
    """
    later = entry.id != hour.entry and entry.started >= hour.made
    if entry.state != "done" or not later or entry.exercise != hour.exercise:
        return False
    if hour.kind != "reply":
        return True
    heard = {turn.about for turn in entry.turns if turn.step in {"topic", "send"}}
    return not heard or hour.by in heard


def _meetings(entries: Sequence[Entry], notes: Sequence[Note], now: datetime) -> Iterator[Promise]:
    """Talks that were put off until an hour, as long as nobody has sat down for them since."""
    for note in notes:
        if note.kind != "appointment" or note.when is None:
            continue
        exercise = note.exercise or ""
        one = Promise(note.id, "meeting", note.made, note.when, now >= note.when, exercise=exercise)
        since = any(entry.exercise == exercise and entry.started > note.made for entry in entries)
        if not since and not _past(one, LAPSES, now):
            yield one


def _moment(text: str | None) -> datetime | None:
    """A kept time; None where there is none, or it was kept in words."""
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    # A day without an hour, as one may be brought in from elsewhere, ends where the machine is.
    return moment if moment.tzinfo is not None else moment.astimezone()

"""A kept dialogue as it is re-read: who said what, at whose side, what was given back under it.

Pure: from an entry to blocks, for a front end that has room, and to the words for each part of it,
which are the same in lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from imago_tui import rowtext
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from imago_tui.dialogue.exercise import Exercise
    from imago_tui.journal.entry import Agreement, Entry, Head, Turn

Kind = Literal["said", "back", "remember", "quiet", "round"]
GIVEN_BACK = frozenset({"mirror", "summary"})
BEGINS = frozenset({"topic", "send"})
"""The steps of the one who is heard, with which a round begins."""
DAYS_IN_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Block:
    """One thing said.

    Args:
        who: whose side it stands at, 0 or 1 in the order of the journal; None: in the middle.
        head: who, and what it was; may be empty.
        text: the words, to the letter; show them through `inert`.
        kind: "said"; "back": given back, so it stands under what it gives back; "remember": the
            line both wanted to remember; "quiet": told about it, not said; "round": from here on
            the other one is heard.
    """

    who: int | None
    head: str
    text: str
    kind: Kind = "said"


def retold(entry: Entry, *, rounds: bool = False) -> tuple[Block, ...]:
    """The dialogue, in the order in which it was said; agreements at the end.

    ``rounds``: where both were heard in turn, a block says whose turn begins.
    """
    turns = tuple(_said(entry, rounds=rounds))
    kept = tuple(Block(None, "", agreed(one)) for one in entry.agreements)
    return (*turns, *kept) or (Block(None, "", words("reading.empty"), "quiet"),)


def _said(entry: Entry, *, rounds: bool) -> Iterator[Block]:
    one, other = entry.partners
    both_heard = len({turn.about for turn in entry.turns if turn.step in BEGINS}) > 1
    heard = ""
    for (aloud, about, pieces), group in groupby(entry.turns, _run):
        turns = list(group)
        if rounds and both_heard and turns[0].step in BEGINS and about != heard:
            heard = about
            yield Block(None, "", words("review.round", who=about), "round")
        if aloud and pieces:  # said and given back, with nobody typing: one line tells it
            back = about == one
            yield Block(
                None,
                "",
                words("review.aloud_round", who=about, other=other if back else one),
                "quiet",
            )
            continue
        for turn in turns:
            yield _block(turn, entry)


def _run(turn: Turn) -> tuple[bool, str, object]:
    """What may be told in one go: a Sender's aloud pieces with their mirrors."""
    pieces = turn.step in {"send", "mirror"}
    return turn.aloud and pieces, turn.about, pieces if turn.aloud else turn.n


def _block(turn: Turn, entry: Entry) -> Block:
    who = entry.partners.index(turn.who) if turn.who in entry.partners else None
    told, spoken = said(turn, entry.exercise), text(turn, entry.exercise)
    if turn.step == "remember":
        return Block(who, words("review.remember"), spoken, "remember")
    if turn.text is None and turn.aloud:
        return Block(who, "", words("review.aloud_turn", what=told), "quiet")
    kind: Kind = "back" if turn.step in GIVEN_BACK else "said"
    return Block(who, told, spoken, kind)


def said(turn: Turn, exercise: str = "") -> str:
    """Who said it, and what it was; a step of the ``exercise``'s own as that tells it."""
    step = f"{turn.step}-partly" if turn.partly else turn.step
    if step in words.table("reading.step"):
        return words(f"reading.step.{step}", who=turn.who)
    held = _held(exercise)
    stage = held.by_id.get(turn.step) if held is not None else None
    own = stage.faces[stage.word].soon if stage is not None and stage.word in stage.faces else ""
    plain = own if own and "{" not in own else turn.step
    return words("reading.step.other", who=turn.who, step=plain)


def text(turn: Turn, exercise: str = "") -> str:
    """The words, to the letter, or that it was said aloud, or a gap where they were taken out; of
    a row each field with what it was asked with.
    """
    if turn.text is None and not turn.aloud:
        return words("reading.gap")
    if turn.text is None:
        return words("reading.aloud")
    held = _held(exercise)
    columns = held.columns(turn.step) if held is not None else ()
    return rowtext.labelled(turn.text, columns) if columns else turn.text


def _held(exercise: str) -> Exercise | None:
    """The exercise, where it is one that can be held now."""
    # Imported here: a list of nothing needs no exercises.
    from imago_tui import exercises
    from imago_tui.dialogue.stage import ExerciseError

    try:
        return exercises.load(exercise) if exercise in exercises.every() else None
    except ExerciseError:  # one of their own, which can't be held as it stands now
        return None


def agreed(agreement: Agreement) -> str:
    """What was agreed, in one line."""
    what = agreement.what if agreement.what is not None else words("reading.agreement_aloud")
    known = what if what in words.table("reading.agreement") else "other"
    if known == "other":
        known = "gift" if agreement.for_ else "both"
        known += "" if agreement.until else "_open"
    return words(
        f"reading.agreement.{known}",
        what=what,
        by=agreement.by,
        other=agreement.for_ or "",
        until=when(agreement.until or ""),
    )


def title(head: Head, *, short: bool = False) -> str:
    """Which exercise it was and what it was about, as far as that may be shown.

    ``short``: only the one of the two that says more.
    """
    exercise = what(head.exercise)
    topic = " ".join((head.topic or "").split())
    if not topic or head.state == "unfinished":
        return exercise
    return topic if short else words("review.about", exercise=exercise, topic=topic)


def what(exercise: str) -> str:
    """What it was: the exercise's title, or the kind of a private note; its id where unknown."""
    if exercise in words.table("private.kind"):
        return words(f"private.kind.{exercise}")
    held = _held(exercise)
    return held.title if held is not None else exercise


def state(head: Head) -> str:
    """What is special about it, in words; mostly nothing."""
    if head.state == "unfinished":
        return words("review.state_unfinished")
    if head.older_copy:
        return words("review.state_older")
    if head.room == "together":
        return words("review.state_opened" if head.topic else "review.state_together")
    return ""


def readers(entry: Entry) -> str:
    """Who can read this, in one line."""
    return words(f"review.who.{entry.kept or 'unfinished'}")


def day(moment: date, *, short: bool = False) -> str:
    """A day as people say it; a datetime's day as it was counted there."""
    if short:
        month = words.lines("review.day.months_short")[moment.month - 1]
        return words("review.day.short", day=moment.day, month=month, year=moment.year)
    return words(
        "review.day.long",
        weekday=words.lines("review.day.weekdays")[moment.weekday()],
        day=moment.day,
        month=words.lines("review.day.months")[moment.month - 1],
        year=moment.year,
    )


def day_in_month(moment: date) -> str:
    """A day below the name of its month."""
    weekday = words.lines("review.day.weekdays_short")[moment.weekday()]
    return words("review.day.in_month", weekday=weekday, day=f"{moment.day:>2}")


def day_of_year(moment: date) -> str:
    """A day of whichever year."""
    month_name = words.lines("review.day.months")[moment.month - 1]
    return words("review.day.of_year", day=moment.day, month=month_name)


def month(year: int, number: int) -> str:
    """A month as people say it."""
    name = words.lines("review.day.months")[number - 1]
    return words("review.day.month", month=name, year=year)


def when(text: str) -> str:
    """A kept time as people say it, by the clock on the wall here; as it is where it was kept in
    words.
    """
    try:
        moment = datetime.fromisoformat(text)
        moment = moment if moment.tzinfo is None else moment.astimezone()
    except (ValueError, OverflowError, OSError):  # or a year that this machine has no clock for
        return text
    return f"{day(moment)}, {moment:%H:%M}"


def near(moment: datetime, today: date) -> str:
    """A time not far from ``today``, as short as people would say it."""
    days = abs((moment.date() - today).days)
    if days == 0:
        return f"{moment:%H:%M}"
    if days < DAYS_IN_A_WEEK:
        weekday = words.lines("review.day.weekdays")[moment.weekday()]
        return f"{weekday}, {moment:%H:%M}"
    return when(moment.isoformat())

"""What one evening leaves for its end, and for the next: hours they named, who sat where, how each
likes it, and a topic that had waited and was heard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui import own_words as ours
from imago_tui import promises, retelling
from imago_tui.helping import likes as liking
from imago_tui.words import words

if TYPE_CHECKING:
    from datetime import datetime

    from imago_tui.dialogue.state import Agreement, Said
    from imago_tui.evening import Evening
    from imago_tui.helping.likes import Both, Likes
    from imago_tui.journal.store import Journal
    from imago_tui.session import Session


def agreed(said: Said, names: tuple[str, str]) -> tuple[str, ...]:
    """What was agreed in a talk, a sentence each, to be said once more when it is over."""
    told = tuple(_told(one, names) for one in said.agreements)
    if said.meeting is None:
        return told
    return (*told, words("evening.agreed.meeting", when=retelling.when(said.meeting.isoformat())))


def _told(one: Agreement, names: tuple[str, str]) -> str:
    by = names[one.by]
    when = "" if one.until is None else retelling.when(one.until.isoformat())
    if one.what in promises.HOURS:
        return words(f"evening.agreed.{one.what}", by=by, when=when)
    what = one.what or words("promises.say.aloud")
    if one.for_ is None:
        return words(
            "evening.agreed.ours" if when else "evening.agreed.ours_open", what=what, when=when
        )
    other = names[one.for_]
    known = "gift" if when else "gift_open"
    return words(f"evening.agreed.{known}", what=what, by=by, other=other, when=when)


def worth_a_look(journal: Journal | None, now: datetime) -> bool:
    """Whether something that was agreed has come to its end date."""
    if journal is None:
        return False
    # Imported here: a first evening has no journal, and does without all that it stands on.
    from imago_tui import in_view

    return promises.due(in_view.standing(journal, now)) is not None


def turned(journal: Journal, before: Evening, after: Evening, now: datetime) -> None:
    """Keep what a page of the evening has brought, beside words that were parked.

    Raises:
        ImagoError: 5, 6, 7.
    """
    if before.at == "bye" and before.look_back and after.then != "open":
        _left_for_another_time(journal, now)
    if before.at == "thanked" and after.at != "stop":
        thanked(journal)
    if after.eyes and after.left != before.left:
        keep_sides(journal, after.left)


def _left_for_another_time(journal: Journal, now: datetime) -> None:
    """A look at what has come to its end was offered, and they left it."""
    from imago_tui import in_view
    from imago_tui.journal import notes

    one = promises.due(in_view.standing(journal, now))
    if one is not None:
        notes.asked(journal, one.id, made=now)


def unpark(journal: Journal | None, parked: tuple[str, ...], word: str) -> tuple[str, ...]:
    """What is still parked once the topic `word` was heard.

    Raises:
        ImagoError: 6, 7.
    """
    if journal is not None:
        note = next((note for note in journal.parked() if note.text == word), None)
        if note is not None:
            journal.remove(note.id)
    place = parked.index(word)
    return (*parked[:place], *parked[place + 1 :])


def thanks(journal: Journal) -> tuple[tuple[str, str], ...]:
    """Lines that wait for whoever is here, each with who left it; none while that is unclear."""
    from imago_tui.journal import notes

    if journal.unclear:
        return ()
    return tuple((note.who or "", note.text or "") for note in notes.waiting_thanks(journal))


def thanked(journal: Journal) -> None:
    """They were shown. Raises ImagoError 6, 7."""
    from imago_tui.journal import notes

    for note in notes.waiting_thanks(journal):
        notes.shown_thanks(journal, note)


def sides(journal: Journal) -> int | None:
    """Who sits left, where what both have set agrees."""
    sides = [journal.settings(who).side for who in (0, 1)]
    known = {("left", "right"): 0, ("right", "left"): 1}
    return known.get((sides[0] or "", sides[1] or ""))


def keep_sides(journal: Journal, left: int | None) -> None:
    """Remember who sits left, for both of them; nothing where that is not known.

    Raises:
        ImagoError: 5, 6, 7.
    """
    if left is None:
        return
    for who in (0, 1):
        settings = journal.settings(who)
        side = "left" if who == left else "right"
        if settings.side != side:
            journal.save_settings(who, settings.model_copy(update={"side": side}))


def likes(journal: Journal) -> Both:
    """How each of them likes it at the table."""
    return liking.of(journal.settings(0)), liking.of(journal.settings(1))


def keep_likes(journal: Journal, both: Both) -> None:
    """Keep how each of them likes it, where that has changed.

    Raises:
        ImagoError: 5, 6, 7.
    """
    for who, one in enumerate(both):
        keep_like(journal, who, one)


def keep_like(journal: Journal, who: int, likes: Likes) -> None:
    """Keep how one of them likes it, where that has changed.

    Raises:
        ImagoError: 5, 6, 7.
    """
    settings = journal.settings(who)
    if liking.of(settings) != likes:
        journal.save_settings(who, liking.kept(likes, settings))


def own_words(session: Session) -> None:
    """Put their own words for lines into a talk; what keeps them from being read is told there."""
    try:
        session.own = ours.load()
    except ValueError:
        session.note = ours.unread()

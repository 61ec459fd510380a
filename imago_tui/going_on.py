"""Going on with a talk that stopped in the middle: which, and what is said where there is none."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from imago_tui import retelling
from imago_tui.errors import ImagoError
from imago_tui.now import local_now
from imago_tui.words import words

if TYPE_CHECKING:
    from imago_tui.evening import Evening
    from imago_tui.journal.entry import Entry
    from imago_tui.journal.store import Journal


def nothing_unfinished() -> ImagoError:
    """What is said when going on was asked for and nothing is unfinished."""
    return ImagoError(words("keeping.none"), words("keeping.none_hint"), 2)


def other_exercise(entry: Entry) -> ImagoError:
    """What is said when going on was asked for with another exercise than that of `entry`."""
    return ImagoError(
        words("keeping.other_exercise", exercise=entry.exercise),
        words("keeping.other_exercise_hint"),
        2,
    )


def unfinished(journal: Journal, *, must: bool) -> Entry | None:
    """The unfinished talk that was begun last, None when there is none.

    Raises:
        ImagoError: 5 its file is not whole, and it `must` be gone on with.
    """
    # Imported here: a first evening has no journal, and does without all that it stands on.
    from imago_tui.keeping import newest_unfinished

    try:
        return newest_unfinished(journal)
    except ImagoError:  # damaged: without it the rest of the evening is there
        if must:
            raise
        return None


def planned(entry: Entry | None) -> str:
    """When the two had meant to be back from a time-out, as people say it; "" when they named none.

    It is told alike before that hour and after it: nobody is ever late.
    """
    until = entry.log[-1].get("until") if entry is not None and entry.log else None
    if not until:
        return ""
    moment = datetime.fromisoformat(str(until)).astimezone()
    return retelling.near(moment, local_now().date())


def must_go_on(evening: Evening, entry: Entry | None) -> None:
    """Going on was asked for: say so when there is nothing to go on with."""
    if entry is None:
        raise nothing_unfinished()
    if evening.chosen not in {"", entry.exercise}:
        raise other_exercise(entry)

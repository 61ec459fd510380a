"""What is open in a journal, and what the two answer to it; alike for every front end.

`promises` says what is open; this reads it from an open journal of the shared room, and writes down
what became of it. Reading opens files, so a screen does it in a thread.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from itertools import chain, islice
from typing import TYPE_CHECKING

from imago_tui import promises
from imago_tui.errors import ImagoError
from imago_tui.journal import notes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from imago_tui.journal.entry import Entry, Head
    from imago_tui.journal.store import Journal
    from imago_tui.promises import Promise

MOST = 200
"""As many dialogues are looked through, the newest: what was agreed before them has let itself
go, and a journal of many years opens as quickly as a new one."""

WITHIN = timedelta(days=400)
"""So far back; nothing that is agreed lasts longer."""


def standing(journal: Journal, now: datetime) -> tuple[Promise, ...]:
    """What is open in the shared room, earliest first.

    Args:
        journal: open.
        now: this moment, with offset.
    """
    kept = (*journal.appointments(), *notes.afterwards(journal))
    return promises.standing(_entries(journal, now), kept, now)


def let_go(journal: Journal, one: Promise, now: datetime) -> None:
    """The two let it go: an hour they named is forgotten, of anything else a note stays.

    Raises:
        ImagoError: 6, 7.
    """
    if one.kind == "meeting":
        journal.remove(one.id)
    else:
        notes.let_go(journal, one.id, made=now)


def _entries(journal: Journal, now: datetime) -> Iterator[Entry]:
    heads = journal.heads().heads
    newest = islice((head for head in heads if now - head.started <= WITHIN), MOST)
    vision = islice((head for head in heads if _is_vision(head)), 1)
    seen: set[str] = set()
    for head in chain(newest, vision):
        if head.id not in seen:
            seen.add(head.id)
            with suppress(ImagoError):  # damaged: the list tells
                yield journal.load(head.id)


def _is_vision(head: Head) -> bool:
    return head.exercise == promises.VISION and head.state == "done"

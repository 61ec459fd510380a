"""The two of these tests, what they say, and how to open what they keep."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from imago_tui.errors import ImagoError
from imago_tui.journal import backups
from imago_tui.journal.entry import Agreement, Turn

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from imago_tui.journal.entry import Entry
    from imago_tui.journal.store import Journal

ANA, ANA_PASSPHRASE = "Ana", "copper lantern autumn river"
BEN, BEN_PASSPHRASE = "Ben", "violet harbour seven stones"

SENT = "On Sunday I sat alone with the dishes and felt invisible."


def talk(text: str = SENT) -> tuple[Turn, ...]:
    """A few turns around `text`."""
    return (
        Turn(1, "topic", ANA, ANA, "The dishes", aloud=False),
        Turn(2, "send", ANA, ANA, text, aloud=False),
        Turn(3, "mirror", BEN, ANA, None, aloud=True),
        Turn(4, "validate", BEN, ANA, "That makes sense.", aloud=False, partly=True),
    )


def finished(journal: Journal, now: datetime, text: str = SENT, topic: str = "The dishes") -> Entry:
    """A dialogue that both keep whole, not saved yet."""
    return replace(
        journal.new_entry("dialogue", now),
        state="done",
        ended=now + timedelta(minutes=40),
        topic=topic,
        kept="all",
        turns=talk(text),
        agreements=(Agreement("Wash up together", BEN, ANA, "2026-12-01"),),
    )


def sealed(journal: Journal, now: datetime, text: str = SENT, topic: str = "The dishes") -> Entry:
    """A dialogue that only both together can open, not saved yet."""
    return replace(finished(journal, now, text, topic), room="together", kept="together")


def running(journal: Journal, now: datetime, text: str = SENT) -> Entry:
    """A dialogue in the middle, not saved yet."""
    return replace(
        journal.new_entry("dialogue", now),
        turns=talk(text),
        log=({"event": "said", "text": text, "at": 12.5}, {"event": "check", "answer": None}),
        draft={"who": ANA, "step": "send", "text": "and then I"},
    )


def day_copied(journal: Journal, now: datetime) -> Path | None:
    """This day's copy, made as after a talk; None where there was one already."""
    before = backups.all_of(journal.folder)
    journal.roll_behind(now)
    if (told := journal.copied()) is not None:
        raise told
    there = backups.all_of(journal.folder)
    return None if there == before else there[-1]


def told_by(act: Callable[[], object]) -> ImagoError | None:
    """What a person is told by `act`; None when all went well."""
    try:
        act()
    except ImagoError as told:
        return told
    return None


def file_of(folder: Path, entry_id: str) -> Path:
    """Where an entry stands."""
    return folder / "entries" / f"{entry_id}.age"


def everything(folder: Path) -> dict[str, bytes]:
    """Every file of a journal with its content, by its name in there; the lock left out."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "lock"
    }

"""The way of a running talk into the journal, where the disk or the people do something unusual."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from imago_tui import exercises, topics
from imago_tui.dialogue.events import Event
from imago_tui.errors import ImagoError
from imago_tui.journal.store import Journal
from imago_tui.keeping import JournalKeeper, newest_unfinished, resume_talk
from imago_tui.script.playing import way_to
from imago_tui.session import Draft, Session
from tests.plain.table import PASSPHRASES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAMES = ("Ana", "Ben")
NOW = datetime.now().astimezone()


@pytest.fixture
def journal(template: Path, tmp_path: Path) -> Iterator[Journal]:
    shutil.copytree(template, tmp_path / "journal")
    with Journal.open(tmp_path / "journal", PASSPHRASES) as opened:
        yield opened


def begun(journal: Journal) -> Session:
    """A talk in which both have said yes."""
    keeper = JournalKeeper(journal, "dialogue")
    session = Session(topics.about(exercises.load("dialogue")), NAMES, keeper=keeper)
    session.do(Event("ready", 0, answer="yes"))
    session.do(Event("ready", 1, answer="yes"))
    return session


def one_has_answered(session: Session) -> None:
    """Stop, leave out what may be left out, and one of the two answers what to keep."""
    session.do(Event("stop"))
    session.do(*way_to(session.state, Event("keep", 0, answer="all")))


def kept(session: Session) -> None:
    one_has_answered(session)
    session.do(Event("keep", 1, answer="all"))


def full(patch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> int:
        raise OSError(28, "no space")

    patch.setattr("imago_tui.journal.system.write", refuse)


def test_nothing_is_there_before_the_first_step(journal: Journal) -> None:
    keeper = JournalKeeper(journal, "dialogue")
    Session(exercises.load("dialogue"), NAMES, keeper=keeper)
    assert (keeper.id, newest_unfinished(journal)) == ("", None)


def test_a_half_typed_line_is_kept_and_goes_with_the_next_step(journal: Journal) -> None:
    session = begun(journal)
    session.draft(Draft("intention", 1, "I hope we la"))
    entry = newest_unfinished(journal)
    assert entry is not None
    talk = resume_talk(journal, entry)
    assert talk.state == session.state
    assert talk.draft is not None
    assert (talk.draft.step, talk.draft.who, talk.draft.words) == ("intention", 1, "I hope we la")
    session.do(Event("settle", 0))
    entry = newest_unfinished(journal)
    assert entry is not None
    assert (entry.draft, resume_talk(journal, entry).draft) == (None, None)
    session.draft(Draft("intention", 0, "x"))
    session.draft(None)
    entry = newest_unfinished(journal)
    assert entry is not None
    assert entry.draft is None


def test_a_talk_goes_on_in_the_same_entry(journal: Journal) -> None:
    first = begun(journal)
    entry = newest_unfinished(journal)
    assert entry is not None
    talk = resume_talk(journal, entry)
    session = Session(first.exercise, NAMES, keeper=talk.keeper, state_=talk.state)
    kept(session)
    (head,) = journal.heads().heads
    assert (head.id, head.state, head.started) == (entry.id, "done", entry.started)
    assert newest_unfinished(journal) is None


def test_what_the_disk_did_not_take_is_kept_by_the_next_try(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = begun(journal)
    with monkeypatch.context() as patch:
        full(patch)
        session.do(Event("settle", 0))
        assert session.trouble is not None
        assert session.trouble.status == 7
    assert session.retry()
    entry = newest_unfinished(journal)
    assert entry is not None
    assert resume_talk(journal, entry).state == session.state


@pytest.mark.parametrize("last", ["all", "nothing"])
def test_an_ending_the_disk_did_not_take_is_tried_again(
    last: str, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = begun(journal)
    one_has_answered(session)
    with monkeypatch.context() as patch:
        full(patch)
        if last == "nothing":

            def refuse(*_: object, **__: object) -> None:
                raise OSError(30, "read only")

            patch.setattr("imago_tui.journal.system.unlink", refuse)
        session.do(Event("keep", 1, answer=last))
        assert session.trouble is not None
    assert session.retry()
    heads = journal.heads().heads
    assert [head.state for head in heads] == (["done"] if last == "all" else [])


def test_an_appointment_is_kept_once(journal: Journal) -> None:
    keeper = JournalKeeper(journal, "dialogue")
    session = Session(exercises.load("dialogue"), NAMES, keeper=keeper)
    later = (NOW + timedelta(days=1)).replace(microsecond=0)
    session.do(Event("ready", 0, answer="yes"))
    session.do(Event("ready", 1, answer="later", when=later))
    keeper.drop(session.state)
    (note,) = journal.appointments()
    assert (note.when, note.exercise, note.who) == (later, "dialogue", None)
    assert journal.heads().heads == []


def test_a_parked_word_names_nobody(journal: Journal) -> None:
    session = begun(journal)
    session.park("money")
    (note,) = journal.parked()
    assert (note.text, note.who) == ("money", None)


def test_a_talk_from_memory_is_sealed_with_the_time_it_began(journal: Journal) -> None:
    session = Session(exercises.load("dialogue"), NAMES)
    session.do(Event("ready", 0, answer="yes"))
    session.do(Event("ready", 1, answer="yes"))
    kept(session)
    started = (NOW - timedelta(hours=1)).replace(microsecond=0)
    JournalKeeper(journal, "dialogue", started=started).finish(session.state)
    (head,) = journal.heads().heads
    assert (head.started, head.state) == (started, "done")


def test_no_other_exercise_is_taken_for_it(journal: Journal) -> None:
    from dataclasses import replace

    begun(journal)
    entry = newest_unfinished(journal)
    assert entry is not None
    with pytest.raises(ImagoError) as told:
        resume_talk(journal, replace(entry, exercise="an exercise of tomorrow"))
    assert told.value.status == 5

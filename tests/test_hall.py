"""What an evening has at hand, the same for both front ends."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from imago_tui import exercises, paths
from imago_tui.dialogue.events import Event
from imago_tui.errors import ImagoError
from imago_tui.evening import Answer, Evening, came_through
from imago_tui.evening.steps import PARK
from imago_tui.exercises import without_keeping
from imago_tui.hall import Hall
from imago_tui.helping.likes import Likes
from imago_tui.journal.store import Journal
from imago_tui.keeping import JournalKeeper, newest_unfinished, resume_talk
from imago_tui.now import local_now
from imago_tui.script.playing import way_to
from imago_tui.session import Session

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("Ana", "Ben")
PASSPHRASES = ("violet anchor seven lamps", "quiet harbour nine stones")
ASKED = Evening.begin(journal=True)


@pytest.fixture
def folder(imago_home: Path) -> Path:
    """A journal of the two, with nothing in it."""
    imago_home.mkdir()
    people = list(zip(NAMES, PASSPHRASES, strict=True))
    Journal.create(paths.journal_dir(), people, cost=15).close()
    return paths.journal_dir()


@pytest.fixture
def unfinished(folder: Path) -> Path:
    """One with a talk that was left in the middle."""
    with Journal.open(folder, PASSPHRASES[:1]) as journal:
        session = Session(
            exercises.load("dialogue"), NAMES, keeper=JournalKeeper(journal, "dialogue")
        )
        session.do(Event("ready", 0, answer="yes"), Event("ready", 1, answer="yes"))
    return folder


def held(hall: Hall, exercise: str, evening: Evening | None = None) -> Evening:
    """An evening after a talk of which both want to keep all."""
    evening = replace(evening or Evening.begin(journal=False), exercise=exercise, given=NAMES)
    session = hall.talk(evening)
    began = local_now()
    for step, answers in (("ready", "yes"), ("stop", None), ("keep", "all")):
        for who in (0, 1) if answers else (None,):
            session.do(*way_to(session.state, Event(step, who, answer=answers)))
    return hall.held(evening, session, began)


def test_a_fresh_journal_shows_everyone_the_page_first(folder: Path) -> None:
    assert folder.is_dir()
    hall = Hall()
    assert hall.open(ASKED, PASSPHRASES[:1]).at == "page"
    hall.close()


def no_room(*_: object, **__: object) -> int:
    raise OSError(28, "no space")


def test_another_passphrase_is_told_and_remembered_until_one_opens(folder: Path) -> None:
    assert folder.is_dir()
    hall = Hall()
    told = hall.try_to_open(replace(ASKED, passphrase="not this one at all"))
    assert (told.at, bool(told.note), hall.status) == ("unlock", True, 4)
    assert hall.try_to_open(replace(ASKED, passphrase=PASSPHRASES[1])).open
    assert hall.status == 0
    hall.close()


def test_going_on_without_the_journal_is_no_mishap(folder: Path) -> None:
    assert folder.is_dir()
    hall = Hall()
    told = hall.try_to_open(replace(ASKED, passphrase="not this one at all"))
    without = hall.after(told, told.take(Answer("without", texts=("",))))
    assert (without.at, hall.status) == ("names", 0)


@pytest.mark.parametrize("exercise", ["", "dialogue"])
def test_the_unfinished_talk_is_gone_on_with(unfinished: Path, exercise: str) -> None:
    assert unfinished.is_dir()
    hall = Hall()
    begun = Evening.begin(journal=True, resume=True, exercise=exercise)
    evening = hall.open(begun, PASSPHRASES[:1])
    assert evening.plan.resume
    session = hall.talk(evening)
    assert (session.scene().stage, session.drafted) == ("settle", None)
    hall.close()


@pytest.mark.parametrize("hours", [-20, 2])
def test_an_hour_that_was_named_is_told_alike_before_and_after_it(
    unfinished: Path, hours: int
) -> None:
    """Nobody is late, and nobody is asked where they were."""
    when = local_now().replace(second=0, microsecond=0) + timedelta(hours=hours)
    with Journal.open(unfinished, PASSPHRASES[:1]) as journal:
        entry = newest_unfinished(journal)
        assert entry is not None
        talk = resume_talk(journal, entry)
        session = Session(talk.state.exercise, NAMES, keeper=talk.keeper, state_=talk.state)
        session.do(Event("time-out", when=when))
    hall = Hall()
    evening = hall.open(ASKED, PASSPHRASES[:1])
    hall.close()
    while evening.at != "resume":
        evening = evening.take(Answer(evening.page().usual))
    page = evening.page()
    assert f"{when:%H:%M}" in page.title
    assert not re.search(
        r"\blate\b|miss|should|forgot|where were", " ".join((page.title, *page.lines))
    )
    assert {option.key for option in page.options} == {"go-on", "leave", "let-go"}


@pytest.mark.parametrize(("fresh", "exercise"), [(False, "appreciation"), (True, "dialogue")])
def test_going_on_with_what_is_not_there_is_refused(
    unfinished: Path, exercise: str, *, fresh: bool
) -> None:
    if fresh:
        with Journal.open(unfinished, PASSPHRASES[:1]) as journal:
            journal.remove(journal.heads().heads[0].id)
    begun = Evening.begin(journal=True, resume=True, exercise=exercise)
    hall = Hall()
    with pytest.raises(ImagoError) as refused:
        hall.open(begun, PASSPHRASES[:1])
    assert refused.value.status == 2
    hall.close()


def test_a_word_parked_on_a_page_waits_for_room(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = Hall()
    evening = hall.open(ASKED, PASSPHRASES[:1])
    parked = replace(evening, parked=(*evening.parked, "money"))
    with monkeypatch.context() as patch:
        patch.setattr("imago_tui.journal.system.write", no_room)
        assert hall.after(evening, parked).note
    assert not hall.after(parked, parked).note
    hall.close()
    with Journal.open(folder, PASSPHRASES[:1]) as journal:
        assert [note.text for note in journal.parked()] == ["money"]


def test_an_unfinished_talk_is_left_alone_when_they_begin_anew(unfinished: Path) -> None:
    hall = Hall(fresh=True)
    assert not hall.open(ASKED, PASSPHRASES[:1]).unfinished
    hall.close()
    with Journal.open(unfinished, PASSPHRASES[:1]) as journal:
        assert [head.state for head in journal.heads().heads] == ["unfinished"]


def test_what_to_keep_is_not_asked_where_nothing_may_be_kept() -> None:
    evening = replace(Evening.begin(journal=False, keeps=False), exercise="dialogue")
    session = Hall().talk(evening)
    assert "keep" not in session.exercise.by_id
    assert not session.exercise.keeps
    assert without_keeping(exercises.load("silly")) == exercises.load("silly")


def test_tried_again_it_writes_nothing_twice(
    imago_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imago_home.mkdir()
    hall = Hall()
    evening = held(hall, "appreciation")
    evening = held(hall, "dialogue", evening)
    evening = replace(evening, parked=("money", "the holiday"), passphrases=PASSPHRASES)
    park, calls = Journal.park, list[str]()

    def full(journal: Journal, text: str, **more: object) -> object:
        calls.append(text)
        if len(calls) == 2:
            raise ImagoError("no room", "", 7)
        return park(journal, text, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Journal, "park", full)
    told = hall.make(evening)
    assert (told.at, told.note) == ("not-made", "no room")
    assert hall.make(told).at == "kept"
    hall.close()
    with Journal.open(paths.journal_dir(), PASSPHRASES[:1]) as journal:
        heads = journal.heads().heads
        assert sorted(head.exercise for head in heads) == ["appreciation", "dialogue"]
        assert sorted(note.text or "" for note in journal.parked()) == ["money", "the holiday"]


def test_what_the_disk_does_not_take_at_the_end_has_a_page() -> None:
    hall, evening = Hall(), Evening.begin(journal=False)
    session = Session(exercises.load("silly"), NAMES)
    session.trouble = ImagoError("no room", "make some", 7)
    assert hall.not_written(evening, session) is not None  # also where they leave in the middle
    session.do(Event("stop"))
    assert session.state.over
    session.trouble = ImagoError("no room", "make some", 7)
    page = hall.not_written(evening, session)
    assert page is not None
    assert page.note == "no room make some"
    session.trouble = None
    assert hall.not_written(evening, session) is None


def come_through(session: Session, switch: str = "enough", until: str = "") -> None:
    """A talk to its own end, all of it aloud; or until roles have changed."""
    answers = {"ready": "yes", "check": "yes", "empathy-check": "yes", "switch": switch,
               "more": "no", "later": "enough", "keep": "nothing", "settle": None}  # fmt: skip
    while not session.state.over and not (until and session.state.at.turned):
        scene = session.scene()
        who = min(scene.turn)
        step = scene.writes or next(one.step for one in scene.open if one.step in answers)
        session.do(Event(step, who, answer=answers.get(step)))


@pytest.mark.parametrize("exercise", ["silly", "daily", "fight"])
def test_a_talk_in_which_both_were_heard_came_through(exercise: str) -> None:
    """Where roles change once, nobody is asked again whose turn it is: that is an end, too."""
    session = Session(exercises.load(exercise), NAMES)
    come_through(session, switch="now")
    assert came_through(session.state)
    session = Session(exercises.load(exercise), NAMES)
    come_through(session, switch="now", until="switch")
    session.do(Event("stop"))
    come_through(session)
    assert not came_through(session.state)


def test_a_parked_topic_that_cannot_be_taken_off_the_list_ends_no_evening(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Journal.open(folder, PASSPHRASES[:1]) as journal:
        journal.park("money", made=local_now())
    hall = Hall()
    evening = replace(hall.open(ASKED, PASSPHRASES[:1]), exercise="short")
    evening = replace(evening, parked=("money",), theme=f"{PARK}0")
    assert evening.parked_topic == "money"
    with hall.lock():
        session = hall.talk(evening)
        come_through(session)
        with monkeypatch.context() as patch:
            patch.setattr("imago_tui.journal.system.unlink", no_room)
            assert hall.held(evening, session, local_now()).parked == ("money",)
    hall.close()


def test_how_each_likes_it_is_there_the_next_evening_and_fades(folder: Path) -> None:
    assert folder.is_dir()
    hall = Hall()
    evening = replace(hall.open(ASKED, PASSPHRASES[:1]), exercise="dialogue")
    with hall.lock():
        session = hall.talk(evening)
        session.like(1, Likes(literal=True, help="light"))
        hall.held(evening, session, local_now())
    hall.close()
    hall = Hall()
    evening = replace(hall.open(ASKED, PASSPHRASES[1:]), exercise="short")
    with hall.lock():
        session = hall.talk(evening)
        assert session.likes == (Likes(), Likes(literal=True, help="light"))
        session.helped.add(1)
        come_through(session)
        hall.held(evening, session, local_now())
        faded, same = hall.talk(evening).likes
    assert faded == Likes().after_talk(helped=False)
    assert same == Likes(literal=True, help="light")
    hall.close()


def test_without_a_journal_it_lasts_the_evening() -> None:
    hall, evening = Hall(), replace(Evening.begin(journal=False), exercise="short", given=NAMES)
    session = hall.talk(evening)
    session.like(0, Likes(gaze=False))
    hall.held(evening, session, local_now())
    assert hall.talk(evening).likes == (Likes(gaze=False), Likes())

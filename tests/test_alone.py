"""What one person holds alone: nobody else is asked anything, and it goes where they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from imago_tui import exercises, menu, paths
from imago_tui.cli import main
from imago_tui.dialogue import engine
from imago_tui.dialogue.events import Event
from imago_tui.evening import Answer, Evening
from imago_tui.hall import Hall
from imago_tui.home import Home
from imago_tui.house import House
from imago_tui.journal.own import open_own
from imago_tui.journal.store import Journal
from imago_tui.now import local_now
from imago_tui.words import words

if TYPE_CHECKING:
    from pathlib import Path

    from imago_tui.session import Session

PASSPHRASES = ("violet anchor seven lamps", "quiet harbour nine stones")
ALONE = [item.id for item in menu.of(menu.ALONE)]


@pytest.fixture
def folder(imago_home: Path) -> Path:
    imago_home.mkdir()
    people = list(zip(("Ana", "Ben"), PASSPHRASES, strict=True))
    Journal.create(paths.journal_dir(), people, cost=15).close()
    return paths.journal_dir()


def to_the_end(session: Session, keep: str) -> None:
    """Leave out what can be left out, say a word where it can't, and answer what to keep."""
    while not session.state.over:
        for opened in engine.allowed(session.state):
            if opened.step == "skip":
                session.do(Event("skip", opened.who))
                break
            if opened.step == "keep":
                session.do(Event("keep", opened.who, answer=keep))
                break
        else:
            scene = session.scene()
            who = next(iter(scene.turn))
            if scene.writes:
                session.do(Event(scene.writes, who, words="Blue wallpaper."))
            else:
                choice = scene.choices[who][0]
                session.press(choice)


@pytest.mark.parametrize("exercise", ALONE)
def test_one_person_is_asked_for_no_other_and_nothing_is_kept_without_a_room(
    exercise: str,
) -> None:
    evening = Evening.begin(journal=False, keeps=False, exercise=exercise, home=True)
    evening = evening.take(Answer("go"))
    assert (evening.need, evening.plan.alone) == ("table", True)
    session = Hall().talk(evening)
    assert session.names == (words("practice.you"), "")
    assert not session.exercise.keeps
    to_the_end(session, "nothing")
    assert Hall().held(evening, session, local_now()).need == "over"


@pytest.mark.parametrize(("keep", "count"), [("own", 1), ("nothing", 0)])
def test_it_goes_into_ones_own_room_when_its_owner_says_so(
    folder: Path, keep: str, count: int
) -> None:
    home = Home.begin(journal=True).choose(ALONE[0])
    assert (home.need, home.exercise) == ("hold", ALONE[0])
    house = House()
    with open_own(folder, PASSPHRASES[0]) as room:
        begun, hall = house.evening(home, room)
        assert (begun.journal, hall.journal) == (False, None)
        evening = begun.take(Answer("go"))
        session = hall.talk(evening)
        assert session.names[0] == "Ana"
        to_the_end(session, keep)
        assert session.trouble is None
        assert house.after(home, hall.held(evening, session, local_now()), hall).at == "home"
        heads = room.heads().heads
        assert [head.exercise for head in heads] == ALONE[:1] * count
        for head in heads:
            assert [turn.who for turn in room.load(head.id).turns] == ["Ana"] * len(
                room.load(head.id).turns
            )
    with Journal.open(folder, PASSPHRASES[1:]) as journal:
        assert journal.heads().heads == []


def test_what_is_for_one_never_stands_among_what_is_for_two() -> None:
    for group in menu.TOGETHER:
        assert not any(exercises.load(item.id).alone for item in menu.of(group))


SCRIPT = """
exercise = "childhood"
partners = ["Ana"]
[[turn]]
step = "ground"
who = "Ana"
[[turn]]
step = "house"
who = "Ana"
say = "A kitchen with a green door."
[[turn]]
step = "kind"
who = "Ana"
say = "You were right to hide."
[[turn]]
step = "keep"
who = "Ana"
say = "{keep}"
"""


def scripted(
    folder: Path, keep: str, capfd: pytest.CaptureFixture[str], *opens: str
) -> tuple[int, str, str]:
    file = folder / "script.toml"
    file.write_text(SCRIPT.format(keep=keep), "utf-8")
    capfd.readouterr()
    status = main(["dialogue", "--script", str(file), *opens])
    return (status, *capfd.readouterr())


@pytest.mark.parametrize("keep", ["own", "nothing"])
def test_from_a_script_it_stands_in_the_own_room_or_nowhere(
    keep: str, folder: Path, imago_home: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert folder == paths.journal_dir()
    passphrase = imago_home / "ana"
    passphrase.write_text(PASSPHRASES[0] + "\n", "utf-8")
    told = scripted(tmp_path, keep, capfd, "--passphrase-file", str(passphrase))
    assert told == (0, "done: kept in your own room\n" if keep == "own" else "done\n", "")
    with Journal.open(folder, PASSPHRASES[1:]) as journal:
        assert journal.heads().heads == []
    with open_own(folder, PASSPHRASES[0]) as room:
        kept = [room.load(head.id) for head in room.heads().heads]
    assert len(kept) == (keep == "own")
    for entry in kept:
        assert [(turn.step, turn.about, turn.text) for turn in entry.turns] == [
            ("house", "Ana", "A kitchen with a green door."),
            ("kind", "Ana", "You were right to hide."),
        ]


def test_from_a_script_without_a_journal_nobody_asks_what_to_keep(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    status, _, err = scripted(tmp_path, "own", capfd)
    assert (status, "keep is not open" in err) == (3, True)
    assert not paths.journal_dir().exists()

"""What home has at hand: a journal that is opened once, and what is written into it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from imago_tui import exercises, paths, pocket
from imago_tui.errors import ImagoError
from imago_tui.evening import Answer, Evening
from imago_tui.hall import Hall
from imago_tui.home import Deed, Home, Seen
from imago_tui.house import House, memory, what_stands
from imago_tui.journal import notes
from imago_tui.journal.entry import Agreement, Turn
from imago_tui.journal.store import Journal
from imago_tui.now import local_now
from tests.journal.people import day_copied

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAMES = ("Ana", "Ben")
PASSPHRASES = ("violet anchor seven lamps", "quiet harbour nine stones")
KEPT = "Sundays are ours."


@pytest.fixture
def folder(imago_home: Path) -> Path:
    """A journal in which a gift has come to its end, and a year-old line."""
    imago_home.mkdir()
    now = local_now()
    people = list(zip(NAMES, PASSPHRASES, strict=True))
    with Journal.create(paths.journal_dir(), people, cost=15) as journal:
        ended = (now - timedelta(days=1)).isoformat()
        week = now - timedelta(days=7)
        journal.save(
            replace(
                journal.new_entry("request", week),
                state="done",
                ended=week,
                kept="all",
                agreements=(Agreement("Wash up together", "Ben", "Ana", ended),),
            )
        )
        try:
            year = now.replace(year=now.year - 1)
        except ValueError:  # the last day of February in a leap year
            year = now - timedelta(days=366)
        turn = Turn(1, "remember", "Ana", "Ana", KEPT, aloud=False)
        journal.save(
            replace(
                journal.new_entry("dialogue", year),
                state="done", ended=year, kept="all", turns=(turn,),
            )
        )  # fmt: skip
        journal.write_index()
    return paths.journal_dir()


@pytest.fixture
def house(folder: Path) -> Iterator[House]:
    assert folder.is_dir()
    one = House()
    yield one
    one.close()


def opened(house: House, passphrase: str = PASSPHRASES[0]) -> Home:
    home = replace(Home.begin(journal=True), at="open", passphrase=passphrase)
    return house.try_to_open(home)


def test_what_stands_is_looked_at_without_opening_anything(imago_home: Path) -> None:
    assert what_stands() == (False, False, False)
    keys = imago_home / "journal" / "keys"
    keys.mkdir(parents=True)
    (keys / "kdf.toml").touch()
    assert what_stands() == (False, True, False)
    (keys / "shared.age").touch()
    assert what_stands() == (True, True, False)


def test_words_without_keys_are_a_journal_that_says_what_is_the_matter(imago_home: Path) -> None:
    (imago_home / "journal" / "entries").mkdir(parents=True)
    assert what_stands() == (True, False, False)


def test_where_a_journal_is_gone_its_copies_are_seen(folder: Path) -> None:
    with Journal.open(folder, PASSPHRASES) as journal:
        day_copied(journal, local_now())
    assert what_stands() == (True, True, False)
    folder.rename(folder.with_name("elsewhere"))
    assert what_stands() == (False, False, True)


def test_a_passphrase_that_opens_nothing_is_told_and_counts_as_long_as_it_stays_closed(
    house: House,
) -> None:
    again = opened(house, "not this one at all")
    assert again.at == "unlock"
    assert again.page().note
    assert (house.status, house.journal) == (4, None)
    assert opened(house).seen is not None
    assert house.status == 0


def test_an_open_journal_says_what_is_open_and_what_this_day_was(house: House) -> None:
    seen = opened(house).seen
    assert isinstance(seen, Seen)
    assert (seen.partners, seen.here) == (NAMES, 0)
    assert [one.what for one in seen.standing] == ["Wash up together"]
    assert seen.standing[0].due
    assert KEPT in seen.memory
    assert seen.perhaps is not None
    assert seen.card == ("", KEPT)


def test_a_look_back_is_kept_and_asked_no_more(house: House) -> None:
    home = opened(house)
    assert home.seen is not None
    (one,) = home.seen.standing
    deed = Deed("look-back", one, "good", texts=("We sang.",))
    done = house.do(replace(home, at="do", deed=deed))
    assert done.seen is not None
    assert done.seen.standing == ()
    assert house.journal is not None
    assert [note.text for note in house.journal.notes("looked-back")] == ["We sang."]


def test_left_three_times_it_lets_itself_go(house: House) -> None:
    home = opened(house)
    for left in range(3):
        assert home.seen is not None
        (one,) = home.seen.standing
        home = house.do(replace(home, at="do", one=one, deed=Deed("later", one)))
        assert home.seen is not None
        assert bool(home.seen.standing) == (left < 2)


def test_an_offer_left_after_a_good_talk_counts_as_left(house: House) -> None:
    opened(house)
    assert house.journal is not None
    hall = Hall(journal=house.journal)
    bye = replace(Evening.begin(journal=True), at="bye", open=True, look_back=True)
    hall.after(bye, bye.take(Answer("open")))
    plain = replace(bye, look_back=False)
    hall.after(plain, plain.take(Answer("go")))
    assert house.journal.notes("asked") == []
    for _ in range(3):
        hall.after(bye, bye.take(Answer("go")))
    assert len(house.journal.notes("asked")) == 3
    seen = house.seen()
    assert seen is not None
    assert seen.standing == ()


def test_thanks_wait_for_the_other_one_and_are_shown_once(house: House, folder: Path) -> None:
    home = opened(house)
    house.do(replace(home, at="do", deed=Deed("thanks", who=0, texts=("For the car.",))))
    assert house.seen() == replace(home.seen, thanks=()) if home.seen else False
    other = House()
    waits = opened(other, PASSPHRASES[1])
    assert waits.page().id == "thanked"
    assert waits.seen is not None
    assert waits.seen.thanks == (("Ana", "For the car."),)
    shown = other.do(waits.take(Answer("go")))
    assert shown.seen is not None
    assert shown.seen.thanks == ()
    other.close()
    with Journal.open(folder, PASSPHRASES[:1]) as journal:
        assert [note.text for note in journal.notes("thanked")] == ["For the car."]


def test_what_cannot_be_written_is_told_and_nothing_is_lost(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise ImagoError("The disk is full.", "Make room.", 7)

    home = opened(house)
    monkeypatch.setattr(Journal, "write_note", full)
    told = house.do(replace(home, at="do", deed=Deed("thanks", who=0, texts=("x",))))
    assert (told.at, told.page().note) == ("home", "The disk is full. Make room.")


def test_an_evening_from_home_takes_the_open_journal_along_and_leaves_it_open(
    house: House,
) -> None:
    home = replace(opened(house), at="hold", exercise="appreciation")
    begun, hall = house.evening(home)
    assert (begun.chosen, begun.home, begun.keeps, hall.journal) == (
        "appreciation", True, True, house.journal,
    )  # fmt: skip
    hall.close()
    back = house.after(home, replace(begun, at="over", then="home"), hall)
    assert (back.at, house.journal is not None) == ("home", True)
    assert house.seen() is not None
    assert house.after(home, replace(begun, at="over"), hall).need == "over"


def test_a_turn_that_was_booked_begins_with_the_one_it_was_booked_for(house: House) -> None:
    opened(house)
    assert house.journal is not None
    now = local_now()
    soon = (now + timedelta(hours=5)).isoformat()
    house.journal.save(
        replace(
            house.journal.new_entry("dialogue", now),
            state="done", ended=now, kept="all",
            agreements=(Agreement("reply", "Ben", "Ana", soon),),
        )
    )  # fmt: skip
    seen = house.seen()
    assert seen is not None
    (booked,) = [one for one in seen.standing if one.kind == "reply"]
    at = replace(Home.begin(journal=True), seen=seen, at="promise", one=booked)
    begun, _ = house.evening(at.take(Answer("now")))
    assert (begun.chosen, begun.first) == ("dialogue", 1)
    assert house.evening(Home.begin(journal=True).choose("dialogue"))[0].first is None


def test_a_line_of_thanks_comes_back_on_a_day_like_this(house: House) -> None:
    opened(house)
    assert house.journal is not None
    for head in house.journal.heads().heads:
        house.journal.remove(head.id)
    now = local_now()
    long_ago = now.replace(year=now.year - 2) if (now.month, now.day) != (2, 29) else now
    note = notes.leave_thanks(house.journal, 0, "For the car.", made=long_ago)
    notes.shown_thanks(house.journal, note)
    assert ("For the car." in memory(house.journal)) == (long_ago != now)


def test_a_first_meeting_knows_no_journal_and_ends_with_three_ways(house: House) -> None:
    home = replace(opened(house), at="hold", exercise="appreciation", only=True)
    begun, hall = house.evening(home)
    assert (begun.journal, begun.keeps, hall.journal) == (False, False, None)
    assert house.after(home, replace(begun, at="over"), hall).at == "ways"
    assert house.after(home, replace(begun, at="over", then="home"), hall).at == "home"


@pytest.mark.parametrize("name", ["card.txt", "card.html"])
def test_a_card_is_a_new_file_for_them_alone(name: str, tmp_path: Path, house: House) -> None:
    place = tmp_path / name
    deed = Deed("card", texts=(str(place), "Penguin <3", KEPT))
    assert not house.do(replace(Home.begin(journal=False), at="do", deed=deed)).deed
    text = place.read_text("utf-8")
    assert place.stat().st_mode & 0o777 == 0o600
    assert KEPT in text
    assert ("Penguin &lt;3" if name.endswith("html") else "Penguin <3") in text
    assert sum(stem.partition(" ...")[0] in text for stem in ("What I hear", "Did I get it")) == 2
    told = house.do(replace(Home.begin(journal=False), at="do", deed=deed))
    assert told.note
    inside = replace(deed, texts=(str(paths.journal_dir() / name), "", ""))
    assert house.do(replace(Home.begin(journal=False), at="do", deed=inside)).note


def test_the_name_of_their_circle_is_what_they_call_a_time_out(house: House) -> None:
    opened(house)
    assert house.journal is not None
    now = local_now()
    turn = Turn(1, pocket.NAMED, "Ana", "Ana", "The Teapot", aloud=False)
    house.journal.save(
        replace(
            house.journal.new_entry(pocket.CYCLE, now),
            state="done", ended=now, kept="all", turns=(turn,),
        )
    )  # fmt: skip
    assert pocket.theirs(house.journal) == ("The Teapot", KEPT)
    cycle = exercises.load(pocket.CYCLE)
    assert pocket.NAMED in {stage.word for stage in cycle.stages}


def test_what_is_left_empty_on_a_card_is_a_line_for_a_pen() -> None:
    assert pocket.Pocket().text().count(pocket.BLANK) == 2
    assert "\x1b" not in pocket.Pocket(line="\x1b[2J").text()

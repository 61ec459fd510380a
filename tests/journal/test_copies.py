"""Copies made, brought back and let go of; files looked at; words taken out."""

from __future__ import annotations

import errno
import os
import threading
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from imago_tui.deeds import copies as deeds
from imago_tui.journal import atomic, backups, kdf, opening, restore
from imago_tui.journal.kdf import derive
from imago_tui.journal.store import Journal
from imago_tui.keeping import tell_of_copy
from imago_tui.paths import copies_of
from tests.journal import faults
from tests.journal.people import (
    ANA_PASSPHRASE,
    BEN_PASSPHRASE,
    SENT,
    day_copied,
    everything,
    file_of,
    finished,
    running,
    sealed,
    told_by,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 11, 22, 20, 15, tzinfo=UTC)
cached = lru_cache(derive)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "derive", cached)


@pytest.fixture
def kept(both: Journal) -> str:
    """A dialogue in the journal, with an unfinished one and a sealed one beside it."""
    entry = both.save(finished(both, NOW))
    both.save(sealed(both, NOW))
    both.save(running(both, NOW))
    both.write_index()
    return entry.id


def status_of(act: object) -> int:
    told = told_by(act)  # type: ignore[arg-type]
    assert told is not None
    return told.status


def test_a_copy_opens_like_the_journal_without_what_is_unfinished(
    kept: str, both: Journal, folder: Path, tmp_path: Path
) -> None:
    made = both.backup(tmp_path / "stick", NOW).place
    assert made == tmp_path / "stick" / "2026-11-22T201500"
    assert {str(path.relative_to(made)) for path in made.rglob("*.age")} == {
        name
        for name in everything(folder)
        if name.endswith(".age")
        and "index" not in name
        and not any(u in name for u in both.unfinished())
    }
    with Journal.open(made, [ANA_PASSPHRASE]) as journal:
        assert journal.load(kept).turns[1].text == SENT
        assert len(journal.heads().heads) == 2
    for path in [made, *made.rglob("*")]:
        assert path.stat().st_mode & 0o77 == 0


def test_what_did_not_change_stands_on_the_disk_once(both: Journal, kept: str) -> None:
    day_copied(both, NOW)
    later = both.save(finished(both, NOW + timedelta(days=1)))
    assert day_copied(both, NOW) is None
    day_copied(both, NOW + timedelta(days=1))
    first, second = backups.all_of(both.folder)
    assert file_of(first, kept).stat().st_ino == file_of(second, kept).stat().st_ino
    assert file_of(second, kept).stat().st_ino != file_of(both.folder, kept).stat().st_ino
    assert not file_of(first, later.id).exists()
    assert file_of(second, later.id).exists()


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """A copy stops at its first file until this is set."""
    go_on, put = threading.Event(), backups.put

    def wait(path: Path, data: bytes) -> None:
        assert go_on.wait(20)
        put(path, data)

    monkeypatch.setattr(backups, "put", wait)
    return go_on


def test_nobody_waits_for_a_copy_behind(
    both: Journal, ana: Journal, kept: str, slow: threading.Event
) -> None:
    both.roll_behind(NOW)
    begun = both.save(running(both, NOW))  # the next talk begins meanwhile
    assert both.load(begun.id) == begun
    assert both.heads().damaged == []
    assert status_of(partial(ana.remove, kept)) == 6
    assert backups.all_of(both.folder) == []
    slow.set()
    assert both.copied() is None
    (copy,) = backups.all_of(both.folder)
    assert file_of(copy, kept).exists()
    assert not file_of(copy, begun.id).exists()
    ana.remove(begun.id)  # the lock is free again
    both.roll_behind(NOW)
    assert both.copied() is None
    assert backups.all_of(both.folder) == [copy]


def test_what_is_deleted_leaves_a_copy_that_is_on_its_way(
    both: Journal, kept: str, slow: threading.Event
) -> None:
    both.roll_behind(NOW)
    threading.Timer(0.05, slow.set).start()
    assert both.delete(kept) == []
    (copy,) = backups.all_of(both.folder)
    assert not file_of(copy, kept).exists()


@pytest.mark.usefixtures("kept")
def test_new_keys_wait_for_a_copy_behind(both: Journal, slow: threading.Event) -> None:
    both.roll_behind(NOW)
    threading.Timer(0.05, slow.set).start()
    both.rekey()
    (copy,) = backups.all_of(both.folder)
    with Journal.open(copy, [ANA_PASSPHRASE]) as journal:
        assert journal.heads().damaged == []
        assert len(journal.heads().heads) == 2


def test_a_copy_behind_that_is_let_be_leaves_nothing(
    both: Journal, kept: str, slow: threading.Event
) -> None:
    both.roll_behind(NOW)
    both.abandon_copy()
    slow.set()
    both.close()
    assert list(copies_of(both.folder).iterdir()) == []
    assert file_of(both.folder, kept).exists()


@pytest.mark.usefixtures("kept")
def test_a_copy_behind_that_cannot_be_made_is_told_once(
    both: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "")

    monkeypatch.setattr(backups, "put", full)
    both.roll_behind(NOW)
    told = both.copied()
    assert told is not None
    assert told.status == 7
    assert both.copied() is None
    assert list(copies_of(both.folder).iterdir()) == []


@pytest.mark.usefixtures("kept")
def test_old_copies_go_and_a_first_of_each_month_stays(both: Journal) -> None:
    for days in range(0, 70, 2):
        day_copied(both, NOW + timedelta(days=days))
    names = [one.name[:10] for one in backups.all_of(both.folder)]
    assert names[:2] == ["2026-11-22", "2026-12-02"]
    assert len(names) <= backups.DAYS + 3
    assert names[-1] == "2027-01-29"


def test_copies_of_another_journal_are_left_alone(kept: str, both: Journal, folder: Path) -> None:
    """A journal that was lost and begun anew: the copies of the first are all there is of it."""
    day_copied(both, NOW)
    (lost,) = backups.all_of(folder)
    both.close()
    folder.rename(folder.with_name("lost"))
    assert backups.all_of(folder) == [lost]
    people = (("Ana", ANA_PASSPHRASE), ("Ben", BEN_PASSPHRASE))
    with Journal.create(folder, people, cost=15) as anew:
        assert day_copied(anew, NOW + timedelta(hours=1))
        for days in range(1, 40):
            day_copied(anew, NOW + timedelta(days=days))
        assert lost not in backups.all_of(folder)
        assert backups.forget(folder, kept) == []
        assert backups.renew(folder, NOW + timedelta(days=50), []) == ([], ())
        assert len(backups.all_of(folder)) == 1
    assert file_of(lost, kept).exists()


@pytest.mark.usefixtures("kept")
def test_a_clock_set_back_does_not_hide_the_newest(both: Journal) -> None:
    both.backup(copies_of(both.folder), NOW)
    newest = both.backup(copies_of(both.folder), NOW - timedelta(days=9)).place
    third = both.backup(copies_of(both.folder), NOW - timedelta(days=8)).place
    assert backups.all_of(both.folder)[-2:] == [newest, third]


@pytest.mark.usefixtures("kept")
def test_no_copy_inside_the_journal(both: Journal) -> None:
    before = everything(both.folder)
    for place in (both.folder, both.folder / "copies", both.folder / "keys" / ".." / "x"):
        assert status_of(partial(both.backup, place, NOW)) == 2
    assert everything(both.folder) == before


@pytest.mark.parametrize("code", [0, errno.ENOSPC])
def test_a_copy_stopped_anywhere_is_none_or_whole(
    code: int, both: Journal, kept: str, tmp_path: Path
) -> None:
    for at in range(1, 200):
        place = tmp_path / f"{code}-{at}"
        work = partial(both.backup, place, NOW)
        if code:
            with faults.failing(at, code):
                ended = told_by(work) is None
        else:
            ended = not faults.killed(at, work)
        for one in backups.backups_in(place):
            with Journal.open(one, [BEN_PASSPHRASE]) as journal:
                assert journal.load(kept).turns[1].text == SENT
                assert journal.verify().damaged == []
        if ended:
            assert len(backups.backups_in(place)) == 1
            assert at > 20
            return
    raise AssertionError


# What the disk does not give


def test_a_copy_that_lacks_an_entry_says_so_and_names_it(
    kept: str, both: Journal, tmp_path: Path
) -> None:
    with faults.not_given(file_of(both.folder, kept)):
        done = deeds.backup(both.folder, both, tmp_path, NOW)
    assert done.status == 5
    assert f"entries/{kept}.age cannot be read" in done.amiss
    (copy,) = backups.backups_in(tmp_path)
    assert not file_of(copy, kept).exists()
    assert len(list((copy / "entries").iterdir())) == 1
    assert deeds.backup(both.folder, both, tmp_path, NOW).status == 0


@pytest.mark.parametrize("name", backups.KEY_FILES[:-2])
def test_without_a_key_file_there_is_no_copy(
    name: str, kept: str, both: Journal, tmp_path: Path
) -> None:
    with faults.not_given(both.folder / "keys" / name):
        assert status_of(partial(both.backup, tmp_path / "stick", NOW)) == 5
    (both.folder / "keys" / name).unlink()
    # Without this one it counts as taken away as a whole: nothing is written to it then.
    told = 7 if name == kdf.FILE else 5
    assert status_of(partial(both.backup, tmp_path / "stick", NOW)) == told
    assert list((tmp_path / "stick").iterdir()) == []
    assert file_of(both.folder, kept).exists()


@pytest.mark.usefixtures("kept")
def test_a_readme_that_is_not_given_is_said_again(both: Journal, tmp_path: Path) -> None:
    before = (both.folder / "README.txt").read_bytes()
    with faults.not_given(both.folder / "README.txt"):
        made = both.backup(tmp_path, NOW)
    assert made.left_out == ()
    assert (made.place / "README.txt").read_bytes() == before


def test_no_older_copy_goes_for_one_that_lacks_something(
    kept: str, both: Journal, capsys: pytest.CaptureFixture[str]
) -> None:
    for days in range(backups.DAYS):
        both.backup(copies_of(both.folder), NOW + timedelta(days=days))
    before = backups.all_of(both.folder)
    with faults.not_given(file_of(both.folder, kept)):
        both.roll_behind(NOW + timedelta(days=40))
        told = both.copied()
        assert told is not None
        assert told.status == 5
        tell_of_copy(told)
        assert f"entries/{kept}.age cannot be read" in capsys.readouterr().err
        assert backups.all_of(both.folder)[:-1] == before
        left, left_out = both.renew_backups(NOW + timedelta(days=41))
    assert [one.name for one in left_out] == [f"entries/{kept}.age"]
    assert left == [one.name for one in backups.all_of(both.folder)[:-1]]
    both.roll_behind(NOW + timedelta(days=42))
    assert both.copied() is None
    assert len(backups.all_of(both.folder)) == backups.DAYS + 1


def test_what_is_no_file_of_ours_is_left_out_unless_the_copy_before_has_one(
    kept: str, both: Journal, tmp_path: Path
) -> None:
    (both.folder / "entries" / f"{'1' * 16}.age").symlink_to("/etc/hostname")
    assert both.backup(tmp_path, NOW).left_out == ()
    file_of(both.folder, kept).unlink()
    file_of(both.folder, kept).mkdir()
    assert [one.name for one in both.backup(tmp_path, NOW).left_out] == [f"entries/{kept}.age"]


# Bringing back


def test_a_copy_comes_back_as_it_was(kept: str, both: Journal, tmp_path: Path) -> None:
    place = tmp_path / "stick"
    made = both.backup(place, NOW).place
    for n, source in enumerate((made, place)):
        target = tmp_path / f"back{n}"
        assert restore.restore(source, target) == []
        with Journal.open(target, [ANA_PASSPHRASE, BEN_PASSPHRASE]) as journal:
            assert journal.load(kept) == both.load(kept)
            assert journal.verify().damaged == []
            assert journal.verify().keys == []
            journal.save(finished(journal, NOW))
        for path in [target, *target.rglob("*")]:
            assert path.stat().st_mode & 0o77 == 0


@pytest.mark.usefixtures("kept")
def test_only_into_an_empty_place(both: Journal, tmp_path: Path) -> None:
    made = both.backup(tmp_path / "stick", NOW).place
    target = tmp_path / "target"
    target.mkdir()
    (target / "something").touch()
    assert status_of(partial(restore.restore, made, target)) == 2
    assert [path.name for path in target.iterdir()] == ["something"]
    before = everything(both.folder)
    assert status_of(partial(restore.restore, made, both.folder)) == 2
    assert everything(both.folder) == before
    (target / "something").unlink()
    restore.restore(made, target)
    assert Journal.exists(target)


def test_no_copy_there(tmp_path: Path) -> None:
    assert status_of(partial(restore.restore, tmp_path, tmp_path / "x")) == 2
    assert status_of(partial(restore.restore, tmp_path / "none", tmp_path / "x")) == 2
    assert not (tmp_path / "x").exists()


def test_nothing_but_ordinary_files_comes_back(kept: str, both: Journal, tmp_path: Path) -> None:
    made = both.backup(tmp_path / "stick", NOW).place
    entries = made / "entries"
    os.mkfifo(entries / f"{'0' * 16}.age")
    (entries / f"{'1' * 16}.age").symlink_to("/etc/hostname")
    (entries / f"{'2' * 16}.age").mkdir()
    (entries / "run-me.sh").write_text("x")
    with (entries / f"{'3' * 16}.age").open("wb") as file:
        file.truncate(1 << 40)
    (made / "README.txt").write_text("import os; os.system('x')")
    target = tmp_path / "back"
    assert len(restore.restore(made, target)) == 5
    assert "os.system" not in (target / "README.txt").read_text()
    with Journal.open(target, [ANA_PASSPHRASE]) as journal:
        assert journal.load(kept).id == kept
        assert journal.verify().strange == []


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("lost", ["1.age", "2.own.age", "shared.age"])
def test_a_copy_without_all_its_keys_is_not_brought_back(
    lost: str, both: Journal, tmp_path: Path
) -> None:
    made = both.backup(tmp_path / "stick", NOW).place
    (made / "keys" / lost).unlink()
    assert status_of(partial(restore.restore, made, tmp_path / "back")) == 5
    assert not (tmp_path / "back").exists()


@pytest.mark.usefixtures("kept")
def test_a_copy_whose_entries_cannot_be_listed_is_not_brought_back(
    both: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, target = both.backup(tmp_path / "stick", NOW).place, tmp_path / "back"
    target.mkdir()
    real = Path.iterdir

    def refuse(path: Path) -> Iterator[Path]:
        if path == made / "entries":
            raise OSError(errno.EIO, "")
        return real(path)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "iterdir", refuse)
        assert status_of(partial(restore.restore, made, target)) == 5
    (made / "entries").rename(made / "aside")
    (made / "entries").touch()
    assert status_of(partial(restore.restore, made, target)) == 5
    assert list(target.iterdir()) == []
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".tmp")] == []
    (made / "entries").unlink()  # an empty folder may have been left out
    assert restore.restore(made, target) == []


@pytest.mark.parametrize("code", [0, errno.ENOSPC, errno.EROFS])
def test_bringing_back_stopped_anywhere_brings_all_or_nothing(
    code: int, both: Journal, kept: str, tmp_path: Path
) -> None:
    made = both.backup(tmp_path / "stick", NOW).place
    for at in range(1, 200):
        place = tmp_path / f"{code}-{at}"
        target = place / "journal"
        work = partial(restore.restore, made, target)
        if code:
            with faults.failing(at, code):
                told = told_by(work)
            assert told is None or told.status == 7
            ended = told is None
        else:
            ended = not faults.killed(at, work)
        if not target.exists():
            restore.restore(made, target)
        assert [one.name for one in place.iterdir()] == ["journal"]
        with Journal.open(target, [BEN_PASSPHRASE]) as journal:
            assert journal.load(kept).turns[1].text == SENT
        if ended:
            assert at > 20
            return
    raise AssertionError


# Looking


@pytest.mark.usefixtures("kept")
def test_verify_names_key_files_and_the_readme(both: Journal) -> None:
    assert both.verify().keys == []
    readme = both.folder / "README.txt"
    text = readme.read_text()
    readme.write_text(text.replace("2 ** 15", "2 ** 16"))
    (line,) = both.verify().keys
    assert "README.txt" in line
    readme.unlink()
    (both.folder / "keys" / "2.own.age").write_bytes(b"nothing")
    assert [line.split()[0] for line in both.verify().keys] == ["keys/2.own.age", "README.txt"]


@pytest.mark.usefixtures("kept")
def test_verify_says_nothing_of_the_others_room(ana: Journal, ben: Journal) -> None:
    with ben.own(BEN_PASSPHRASE) as room:
        theirs = room.note("reflection", "Mine alone", None, NOW)
    good = ana.verify().good
    path = file_of(ana.folder, theirs.id)
    path.write_bytes(path.read_bytes()[:-1])
    report = ana.verify()
    assert (report.good, report.damaged, report.keys, report.strange) == (good, [], [], [])
    with ana.own(ANA_PASSPHRASE) as mine:
        assert (mine.verify().good, mine.verify().damaged) == (0, [])
    with ben.own(BEN_PASSPHRASE) as room:
        assert [one.reason for one in room.verify().damaged] == ["damaged"]


# Taking away


def test_an_entry_goes_when_both_agree_and_from_our_copies_too(
    kept: str, both: Journal, ana: Journal
) -> None:
    day_copied(both, NOW)
    day_copied(both, NOW + timedelta(days=1))
    assert status_of(partial(ana.delete, kept)) == 4
    assert both.delete(kept) == []
    assert [
        one for one in (both.folder, *backups.all_of(both.folder)) if file_of(one, kept).exists()
    ] == []
    assert status_of(partial(both.delete, kept)) == 2
    assert both.search("invisible") == []


def test_what_could_not_be_reached_is_said(
    kept: str, both: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    day_copied(both, NOW)
    (copy,) = backups.all_of(both.folder)

    def refuse(*_: object) -> None:
        raise OSError(errno.EACCES, "")

    monkeypatch.setattr(atomic, "remove", refuse)
    assert backups.forget(both.folder, kept) == [copy.name]


def test_each_takes_their_own_words_out_and_a_gap_stays(
    kept: str, ana: Journal, ben: Journal
) -> None:
    day_copied(ana, NOW)
    before = ana.load(kept)
    assert status_of(partial(ben.take_out, kept, 1)) == 2  # all of it is about Ana
    ana.take_out(kept, 0)
    after = ben.load(kept)
    assert [(turn.n, turn.step, turn.who, turn.about) for turn in after.turns] == [
        (turn.n, turn.step, turn.who, turn.about) for turn in before.turns
    ]
    assert [turn.text for turn in after.turns] == [None] * 4
    assert not any(turn.aloud for turn in after.turns)
    assert after.topic is None
    assert ben.search("invisible") == []
    assert ben.search("dishes") == []
    (copy,) = backups.all_of(ana.folder)
    assert not file_of(copy, kept).exists()


@pytest.mark.usefixtures("kept")
def test_words_that_need_both_are_not_taken_out_by_one(ana: Journal) -> None:
    (together,) = [head.id for head in ana.heads().heads if head.room == "together"]
    (unfinished,) = ana.unfinished()
    assert status_of(partial(ana.take_out, together, 0)) == 4
    assert status_of(partial(ana.take_out, unfinished, 0)) == 2

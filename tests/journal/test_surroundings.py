"""What is around a journal: other programs, the clock, the umask, a disk that cannot be read."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from imago_tui.errors import ImagoError
from imago_tui.journal import acts, atomic, restore
from imago_tui.journal.own import open_own
from imago_tui.journal.store import Journal
from imago_tui.outgoing import files
from imago_tui.words import words
from tests.journal.people import (
    ANA_PASSPHRASE,
    BEN_PASSPHRASE,
    day_copied,
    everything,
    file_of,
    finished,
    running,
    told_by,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from imago_tui.journal.opening import Opened

NOW = datetime(2026, 11, 22, 20, 15, tzinfo=UTC)

# Two processes

WRITER = """
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from imago_tui.errors import ImagoError
from imago_tui.journal.store import Journal
from tests.journal.people import finished

def until_free(act):
    while True:
        try:
            return act()
        except ImagoError as told:
            if told.status != 6:
                raise

with Journal.open(Path(sys.argv[1]), [sys.argv[2]]) as journal:
    print("open", flush=True)
    sys.stdin.readline()
    for number in range(12):
        entry = finished(journal, datetime.now(UTC), text=f"{sys.argv[3]} {number}")
        kept = until_free(lambda: journal.save(entry))
        until_free(lambda: journal.write_index())
        if number % 3 == 2:
            until_free(lambda: journal.remove(kept.id))
"""


def test_two_programs_that_write_at_once_lose_nothing(both: Journal, folder: Path) -> None:
    from tests.test_import_hygiene import TOP

    call = [sys.executable, "-c", WRITER, str(folder)]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    people = ((ANA_PASSPHRASE, "copper"), (BEN_PASSPHRASE, "violet"))
    writers = [subprocess.Popen([*call, *one], cwd=TOP, **pipes) for one in people]
    for one in writers:
        assert one.stdout is not None
        assert one.stdout.readline() == "open\n"
    for one in writers:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.close()
    assert [one.wait() for one in writers] == [0, 0]
    for one in writers:
        assert one.stdout is not None
        one.stdout.close()
    with Journal.open(folder, [ANA_PASSPHRASE]) as journal:
        listing = journal.heads()
        assert (len(listing.heads), listing.damaged) == (16, [])
        for word in ("copper", "violet"):
            assert len(journal.search(word)) == 8
        assert journal.verify().good == 16
    both.write_index()
    assert len(list(folder.glob("index-*.age"))) == 1


# A folder that is taken away


def take_away(folder: Path, how: str) -> Callable[[], None]:
    """Take the journal, or its keys, from where it is; gives what puts it back."""
    aside = folder.parent / "aside"
    gone = folder / {"keys": "keys", "shared": "keys/shared.age"}.get(how, "")
    gone.rename(aside)
    if how == "another":
        shutil.copytree(aside, folder)
    elif how == "a-link":
        (folder.parent / "empty").mkdir()
        folder.symlink_to(folder.parent / "empty")

    def put_back() -> None:
        if how == "another":
            shutil.rmtree(folder)
        elif how == "a-link":
            folder.unlink()
        aside.rename(gone)

    return put_back


@pytest.mark.parametrize("how", ["gone", "a-link", "another", "keys", "shared"])
def test_a_journal_taken_away_in_a_talk_is_told_and_kept_again_once_it_is_back(
    how: str, both: Journal, folder: Path
) -> None:
    with both.lock():
        entry = both.save(running(both, NOW))
        put_back = take_away(folder, how)
        before = everything(folder.parent)
        for act in (partial(both.save, entry), partial(both.park, "money", made=NOW)):
            told = told_by(act)
            assert told is not None
            assert (told.message, told.status) == (words("journal.write.gone"), 7)
        assert everything(folder.parent) == before, "nothing is sealed to keys that aren't there"
        assert not (folder.parent / "empty" / "lock").exists()
        put_back()
        saved = both.save(entry)
        assert both.load(entry.id) == saved


def test_without_the_folder_of_the_entries_it_is_made_again_beside_the_keys(
    both: Journal, folder: Path
) -> None:
    with both.lock():
        (folder / "entries").rename(folder.parent / "aside")
        kept = both.save(running(both, NOW))
        assert both.load(kept.id) == kept


def test_ones_own_room_goes_on_once_the_folder_is_back(folder: Path) -> None:
    with open_own(folder, ANA_PASSPHRASE) as room:
        put_back = take_away(folder, "gone")
        for act in (room.heads, partial(room.note, "reflection", "Mine", None, NOW)):
            told = told_by(act)
            assert told is not None
            assert told.message == words("journal.write.gone")
        assert not folder.exists()
        put_back()
        kept = room.note("reflection", "Mine", None, NOW)
        assert room.load(kept.id) == kept


def test_why_ones_own_room_takes_nothing_after_its_keys_were_changed_is_told(folder: Path) -> None:
    with open_own(folder, ANA_PASSPHRASE) as room:
        acts.someone_knows(folder, ANA_PASSPHRASE, "slow marble tangerine wind", NOW)
        for _ in range(2):
            told = told_by(partial(room.note, "reflection", "Mine", None, NOW))
            assert told is not None
            assert told.message == words("private.other_keys")
    told = told_by(room.heads)
    assert told is not None


# The clock

YEARS = timedelta(days=3 * 365)


@pytest.mark.parametrize("shift", [-YEARS, timedelta(hours=-2), YEARS])
def test_a_clock_that_was_set_back_or_forth_hides_nothing(
    shift: timedelta, both: Journal, template: tuple[Path, Opened], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = both.save(finished(both, NOW, text="quince"))
    both.write_index()
    moved = int(shift.total_seconds() * 1e9)
    for path in [both.folder, *both.folder.rglob("*")]:
        about = path.stat()
        os.utime(path, ns=(about.st_atime_ns - moved, about.st_mtime_ns - moved))
    real = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: real() + moved)
    with Journal(both.folder, template[1]) as journal:
        assert [found.id for found in journal.search("quince")] == [first.id]
        second = journal.save(finished(journal, NOW + shift, text="medlar"))
        assert [found.id for found in journal.search("medlar")] == [second.id]
        journal.write_index()
        third = both.save(finished(both, NOW + shift, text="sorbus"))
        assert [found.id for found in journal.search("sorbus")] == [third.id]
        assert len(journal.heads().heads) == 3
        assert journal.heads().damaged == []
        # Newest first by what the dialogues say of themselves.
        started = [head.started for head in journal.heads().heads]
        assert started == sorted(started, reverse=True)


def test_a_day_s_copy_is_made_also_when_the_clock_was_set_back(both: Journal) -> None:
    both.save(finished(both, NOW))
    assert day_copied(both, NOW) is not None
    later = both.save(finished(both, NOW))
    made = day_copied(both, NOW - timedelta(days=3))
    assert made is not None
    assert file_of(made, later.id).exists()


# The umask


@pytest.mark.parametrize("mask", [0o000, 0o777])
def test_whatever_the_umask_nobody_else_may_read_anything(
    mask: int, both: Journal, tmp_path: Path
) -> None:
    before = os.umask(mask)
    try:
        kept = both.save(finished(both, NOW))
        both.park("money", made=NOW)
        both.write_index()
        both.save_settings(0, both.settings(0))
        both.rekey()
        with both.own(ANA_PASSPHRASE) as room:
            room.note("reflection", "Mine", None, NOW)
            room.write_index()
        acts.recovery_key(both.folder, ANA_PASSPHRASE, tmp_path / "key.txt")
        copy = both.backup(tmp_path / "stick", NOW).place
        day_copied(both, NOW)
        restore.restore(copy, tmp_path / "back")
        files.write(tmp_path / "out.md", b"words", both.folder)
    finally:
        os.umask(before)
    made = [both.folder, tmp_path / "stick", tmp_path / "back", tmp_path / "journal-backups"]
    every = [path for top in made for path in (top, *top.rglob("*"))]
    every += [tmp_path / "key.txt", tmp_path / "out.md"]
    assert file_of(tmp_path / "back", kept.id) in every
    for path in every:
        wanted = atomic.FOLDER_MODE if path.is_dir() else atomic.FILE_MODE
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path


# A disk that cannot be read


@pytest.mark.parametrize("code", [errno.EIO, errno.ESTALE, errno.EACCES])
def test_what_the_disk_does_not_give_is_told_and_the_rest_served(
    code: int, both: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = both.save(finished(both, NOW)), both.save(finished(both, NOW, topic="Good"))
    place = file_of(both.folder, bad.id)
    inode = place.stat().st_ino
    real = os.read

    def read(fd: int, size: int) -> bytes:
        if os.fstat(fd).st_ino == inode:
            raise OSError(code, os.strerror(code))
        return real(fd, size)

    monkeypatch.setattr(os, "read", read)
    listing = both.heads()
    assert [head.id for head in listing.heads] == [good.id]
    assert [trouble.reason for trouble in listing.damaged] == ["unreadable"]
    with pytest.raises(ImagoError) as told:
        both.load(bad.id)
    assert told.value.status == 5
    assert [one.reason for one in both.verify().damaged] == ["unreadable"]
    monkeypatch.undo()
    # It may well be there again tomorrow: nothing was done to it.
    assert both.load(bad.id) == bad


@pytest.mark.parametrize("name", ["kdf.toml", "1.age", "shared.age"])
def test_a_key_file_that_the_disk_does_not_give_is_told(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inode = (folder / "keys" / name).stat().st_ino
    real = os.read

    def read(fd: int, size: int) -> bytes:
        if os.fstat(fd).st_ino == inode:
            raise OSError(errno.EIO, "")
        return real(fd, size)

    before = everything(folder)
    monkeypatch.setattr(os, "read", read)
    told = told_by(partial(Journal.open, folder, [ANA_PASSPHRASE]))
    assert told is not None
    assert told.status == 5
    monkeypatch.undo()
    assert everything(folder) == before


def test_a_folder_that_cannot_be_listed_is_told(
    both: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    both.save(finished(both, NOW))
    real = os.scandir

    def scandir(path: Any) -> Any:
        if str(path).endswith("entries"):
            raise OSError(errno.EIO, "")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    told = told_by(both.heads)
    assert told is not None
    assert told.status == 5
    assert told.hint

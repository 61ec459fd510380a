"""Saving, at a disk that goes wrong at each system call, and in a process that dies at each."""

from __future__ import annotations

import errno
import os
import resource
import stat
import subprocess
import sys
import threading
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from imago_tui.errors import ImagoError
from imago_tui.journal import system
from imago_tui.journal.store import Journal
from tests.journal import faults
from tests.journal.people import everything, file_of, finished, running, told_by

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from imago_tui.journal.opening import Opened

CODES = [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EACCES, errno.EPERM]


def leftovers(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.name.startswith(".tmp-")]


@pytest.mark.parametrize("code", CODES)
def test_whatever_call_of_a_save_goes_wrong_the_words_are_whole(
    code: int, both: Journal, folder: Path, now: datetime
) -> None:
    kept = both.save(running(both, now))
    with both.lock():
        calls = faults.count(lambda: both.save(kept))
        assert calls == ["open_file", "open_file", "fchmod", "write", "fsync", "close", "rename",
                         "fsync", "close"]  # fmt: skip
        for at in range(1, len(calls) + 1):
            old = both.load(kept.id)
            new = replace(old, turns=old.turns[:1], topic=f"at {at}")
            with faults.failing(at, code):
                told = told_by(partial(both.save, new))
            if told:
                assert told.status == 7
                assert told.hint
                assert "whole" in told.message
            else:
                # All is on the disk by then.
                assert (calls[at - 1], at) == ("close", len(calls))
            found = both.load(kept.id)
            # Once it has its name it is the new one, and whole.
            renamed = at > calls.index("rename") + 1
            assert found.topic == (f"at {at}" if renamed else old.topic)
            assert leftovers(folder) == []
            kept = both.save(found)


def test_killed_at_any_call_of_a_save_a_file_is_old_or_new(
    both: Journal, folder: Path, now: datetime
) -> None:
    kept = both.save(running(both, now))
    topics = set()
    for at in range(1, 20):
        new = replace(kept, topic=f"at {at}", revision=kept.revision + at)
        died = faults.killed(at, partial(both.save, new))
        found = both.load(kept.id)
        assert found.topic in {kept.topic, f"at {at}"}
        topics.add(found.topic == f"at {at}")
        assert both.verify().damaged == []
        kept = found
        if not died:
            break
    assert topics == {True, False}
    assert leftovers(folder) != []
    with both.lock():
        assert leftovers(folder) == []
    assert both.load(kept.id) == kept


def test_short_writes_are_gone_on_with(
    both: Journal, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "write", lambda fd, data: os.write(fd, data[:1000]))
    kept = both.save(finished(both, now, text="x" * 20_000))
    assert both.load(kept.id) == kept


def test_a_write_that_takes_nothing_ends(
    both: Journal, folder: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "write", lambda _fd, _data: 0)
    with pytest.raises(ImagoError) as told:
        both.save(finished(both, now))
    assert told.value.status == 7
    assert leftovers(folder) == []


def test_a_real_limit_on_file_sizes(both: Journal, folder: Path, now: datetime) -> None:
    kept = both.save(finished(both, now))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, before[1]))
    try:
        with pytest.raises(ImagoError) as told:
            both.save(replace(kept, topic="new"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert told.value.status == 7
    assert both.load(kept.id) == kept
    assert leftovers(folder) == []


def test_interrupted_by_a_key_nothing_is_left(
    both: Journal, folder: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    kept = both.save(finished(both, now))
    with monkeypatch.context() as patch:
        patch.setattr(system, "fsync", interrupt)
        with pytest.raises(KeyboardInterrupt):
            both.save(replace(kept, topic="new"))
    assert both.load(kept.id) == kept
    assert leftovers(folder) == []


def test_the_words_are_on_the_disk_before_they_get_their_name(
    both: Journal, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []

    def fsync(fd: int) -> None:
        synced.append("folder" if stat.S_ISDIR(os.fstat(fd).st_mode) else "file")
        os.fsync(fd)

    def rename(*args: Any, **kwargs: Any) -> None:
        synced.append("rename")
        os.rename(*args, **kwargs)  # noqa: PTH104

    monkeypatch.setattr(system, "fsync", fsync)
    monkeypatch.setattr(system, "rename", rename)
    both.save(finished(both, now))
    assert synced == ["file", "rename", "folder"]


def test_the_index_settings_notes_and_removal_meet_the_same_faults(
    both: Journal, folder: Path, now: datetime
) -> None:
    def work() -> None:
        kept = both.save(finished(both, now))
        both.write_index()
        both.save_settings(0, both.settings(0))
        both.park("money", made=now)
        both.remove(kept.id)

    many = len(faults.count(work))
    for at in range(1, many + 1):
        with faults.failing(at, errno.ENOSPC):
            told = told_by(work)
        assert told is None or told.status == 7
        assert leftovers(folder) == []
        assert both.verify().damaged == []
        assert both.heads().damaged == []


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS])
def test_what_is_taken_away_while_no_index_can_be_written_counts_as_lost_nowhere(
    code: int, both: Journal, folder: Path, template: tuple[Path, Opened], now: datetime
) -> None:
    for at in range(1, 60):
        kept, stays = both.save(finished(both, now)), both.save(finished(both, now))
        both.write_index()

        def refuse(number: int, name: str, at: int = at) -> None:
            full = name in {"write", "open_file", "fsync"} and code == errno.ENOSPC
            if number >= at and (full or code == errno.EROFS):
                raise OSError(code, "")

        with faults.at_each_call(refuse) as made:
            told = told_by(partial(both.remove, kept.id))
        assert told is None or told.status == 7
        for journal in (both, Journal(folder, template[1])):
            listing = journal.heads()
            assert listing.damaged == []
            ids = {head.id for head in listing.heads}
            assert (kept.id in ids, stays.id in ids) == (file_of(folder, kept.id).exists(), True)
            assert told or kept.id not in ids
            assert len(journal.search("dishes")) == len(ids)
        both.write_index()
        for id_ in ids:
            both.remove(id_)
        if len(made) < at:
            return
    raise AssertionError


def test_killed_while_an_index_is_written_it_is_still_found(
    both: Journal, folder: Path, now: datetime
) -> None:
    from imago_tui.journal.opening import open_rings
    from imago_tui.journal.store import Journal as Another
    from tests.journal.people import BEN_PASSPHRASE

    opened = open_rings(folder, [BEN_PASSPHRASE])
    for at in range(1, 30):
        both.save(finished(both, now, topic=f"at {at}"))
        died = faults.killed(at, both.write_index)
        with Another(folder, opened) as journal:
            assert len(journal.heads().heads) == at
            assert len(journal.search("dishes")) == at
        if not died:
            break
    assert not died
    with both.lock():
        both.write_index()
    assert len(list(folder.glob("index-*.age"))) == 1


def test_a_second_program_is_turned_away_at_once_and_may_read(
    both: Journal, folder: Path, now: datetime
) -> None:
    kept = both.save(finished(both, now))
    program = (
        "import sys; from pathlib import Path; from imago_tui.journal.store import Journal;"
        "from imago_tui.errors import ImagoError\n"
        "journal = Journal.open(Path(sys.argv[1]), [sys.argv[2]])\n"
        "print(journal.heads().heads[0].topic)\n"
        "for act in (lambda: journal.save(journal.load(sys.argv[3])), journal.write_index,\n"
        "            lambda: journal.lock().__enter__(), lambda: journal.remove(sys.argv[3])):\n"
        "    try: act()\n"
        "    except ImagoError as told: print(told.status)\n"
        "    else: print('written')\n"
    )
    from tests.journal.people import ANA_PASSPHRASE

    call = [sys.executable, "-c", program, str(folder), ANA_PASSPHRASE, kept.id]
    with both.lock():
        before = everything(folder)
        done = subprocess.run(call, capture_output=True, text=True, check=True)
        assert done.stdout.split("\n")[:-1] == ["The dishes", "6", "6", "6", "6"]
        assert everything(folder) == before
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:-1] == [
        "The dishes",
        "written",
        "written",
        "written",
        "written",
    ]


def test_the_lock_may_be_held_within_itself_and_is_given_back(
    both: Journal, ana: Journal, now: datetime
) -> None:
    with both.lock():
        with both.lock():
            both.save(finished(both, now))
        with pytest.raises(ImagoError) as told:
            ana.save(finished(ana, now))
        assert told.value.status == 6
    ana.save(finished(ana, now))


def test_a_killed_writer_leaves_no_lock(both: Journal, ana: Journal, now: datetime) -> None:
    def work() -> None:
        with both.lock():
            both.save(finished(both, now))

    assert faults.killed(5, work)
    ana.save(finished(ana, now))


def test_saving_from_many_threads(both: Journal, now: datetime) -> None:
    entries = [both.save(running(both, now)) for _ in range(4)]
    mishaps: list[BaseException] = []

    def work(at: int) -> None:
        try:
            for _ in range(10):
                entries[at] = both.save(entries[at])
                both.heads()
        except BaseException as error:  # noqa: BLE001 - to be seen outside the thread
            mishaps.append(error)

    with both.lock():
        threads = [threading.Thread(target=work, args=(at,)) for at in range(len(entries))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert mishaps == []
    assert [entry.revision for entry in entries] == [11] * len(entries)
    assert both.verify().good == len(entries)


@pytest.mark.parametrize("kind", ["folder", "link", "fifo"])
def test_something_else_in_the_place_of_the_lock(
    kind: str, both: Journal, folder: Path, tmp_path: Path, now: datetime
) -> None:
    (folder / "lock").unlink(missing_ok=True)
    if kind == "folder":
        (folder / "lock").mkdir()
    elif kind == "link":
        (folder / "lock").symlink_to(tmp_path / "planted")
    else:
        os.mkfifo(folder / "lock")
    told = told_by(lambda: both.save(finished(both, now)))
    assert told is None or told.status == 7
    assert not (tmp_path / "planted").exists()


def test_no_word_reaches_the_disk_in_clear(
    both: Journal, folder: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[bytes] = []

    def write(fd: int, data: memoryview) -> int:
        written.append(bytes(data))
        return os.write(fd, data)

    monkeypatch.setattr(system, "write", write)
    both.save(running(both, now, text="zanzibar"))
    both.save(finished(both, now, text="zanzibar", topic="zanzibar"))
    both.park("zanzibar", made=now)
    both.write_index()
    assert len(written) == 4
    for data in [*written, *everything(folder).values()]:
        assert b"zanzibar" not in data
        assert b"Ana" not in data


def test_a_tiny_disk(tmp_path: Path, template: tuple[Path, object], now: datetime) -> None:
    """A real file system that is full, where this machine lets us make one."""
    place = tmp_path / "tiny"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=96k", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        # Not allowed here; the injected ENOSPC above stands for it.
        return
    try:
        fill_and_check(place, template, now)
    finally:
        call = ["umount", str(place)]
        subprocess.run(call, check=True)


def fill_and_check(place: Path, template: tuple[Path, object], now: datetime) -> None:
    import shutil

    from imago_tui.journal.opening import Opened
    from imago_tui.journal.store import Journal as Another

    folder, opened = template
    assert isinstance(opened, Opened)
    shutil.copytree(folder, place / "journal")
    with Another(place / "journal", opened) as journal:
        kept = journal.save(finished(journal, now))
        outcomes = [
            told_by(lambda: journal.save(finished(journal, now, text="x" * 4000)))
            for _ in range(50)
        ]
        told = outcomes[-1]
        assert told is not None
        assert told.status == 7
        assert "room" in told.message
        assert journal.load(kept.id) == kept
        assert leftovers(place) == []
        assert journal.verify().damaged == []
        call = ["mount", "-o", "remount,ro", str(place)]
        subprocess.run(call, check=True)
        told = told_by(lambda: journal.save(kept))
        assert told is not None
        assert told.status == 7
        assert journal.load(kept.id) == kept
        assert file_of(place / "journal", kept.id).exists()

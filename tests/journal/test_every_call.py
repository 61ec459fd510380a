"""What changes a journal, stopped at each system call or refused one: nothing else suffers.

Saving, new keys, joining, set-up and bringing back have this beside their own tests. Here are the
rest, and what holds for all: the order in which things reach the disk, and that no other way there
exists than the one these tests watch.
"""

from __future__ import annotations

import ast
import errno
import os
import re
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import imago_tui.journal
from imago_tui.journal import (
    acts,
    atomic,
    backups,
    change,
    kdf,
    layout,
    opening,
    own,
    recovery,
    restore,
    setup,
    system,
)
from imago_tui.journal.store import Journal
from imago_tui.outgoing import bringing, files
from tests.journal import faults
from tests.journal.people import (
    ANA,
    ANA_PASSPHRASE,
    BEN_PASSPHRASE,
    SENT,
    day_copied,
    file_of,
    finished,
    running,
    told_by,
)

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = datetime(2026, 11, 22, 20, 15, tzinfo=UTC)
NEW = "slow marble tangerine wind"
CODES = (errno.EIO, errno.ENOSPC, errno.EROFS)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each key worked out once: its cost is not what these tests are about."""
    derived = cache(kdf.derive)
    for module in (opening, change, recovery, setup):
        monkeypatch.setattr(module, "derive", derived)


@dataclass(frozen=True)
class Kept:
    """A journal with a dialogue, an unfinished one, a note of Ana's own, and two days' copies."""

    folder: Path
    dialogue: str
    unfinished: str
    note: str
    recovery: Path

    def at(self, folder: Path) -> Kept:
        """The same in a copy of it."""
        return Kept(folder, self.dialogue, self.unfinished, self.note, self.recovery)


@pytest.fixture
def kept(folder: Path, both: Journal, tmp_path: Path) -> Kept:
    dialogue = both.save(finished(both, NOW)).id
    unfinished = both.save(running(both, NOW)).id
    both.write_index()
    with both.own(ANA_PASSPHRASE) as room:
        note = room.note("reflection", "Mine", ANA, NOW).id
        room.write_index()
    for day in range(2):
        day_copied(both, NOW + timedelta(days=day))
    acts.recovery_key(folder, ANA_PASSPHRASE, tmp_path / "key.txt")
    return Kept(folder, dialogue, unfinished, note, tmp_path / "key.txt")


def roll(kept: Kept) -> None:
    with Journal.open(kept.folder, [BEN_PASSPHRASE]) as journal:
        day_copied(journal, NOW + timedelta(days=30))


def delete(kept: Kept) -> None:
    with Journal.open(kept.folder, [ANA_PASSPHRASE, BEN_PASSPHRASE]) as journal:
        journal.delete(kept.dialogue)


def take_out(kept: Kept) -> None:
    with Journal.open(kept.folder, [ANA_PASSPHRASE]) as journal:
        journal.take_out(kept.dialogue, 0)


def bring(kept: Kept) -> None:
    with (
        Journal.open(kept.folder, [ANA_PASSPHRASE]) as journal,
        journal.own(ANA_PASSPHRASE) as room,
    ):
        journal.bring(room, kept.note)


def recover(kept: Kept) -> None:
    acts.recover(kept.folder, kept.recovery, NEW)


def revoke(kept: Kept) -> None:
    acts.revoke(kept.folder, ANA_PASSPHRASE, NOW + timedelta(days=30))


def take_in(kept: Kept) -> None:
    with Journal.open(kept.folder, [ANA_PASSPHRASE]) as journal:
        one = finished(journal, NOW, topic="From elsewhere")
        bringing.bring(journal, [one])


def check(kept: Kept, act: Callable[[Kept], None]) -> None:
    """All that `act` was not about is whole, and what it was about is so before or after it."""
    passphrases = [
        one for one in (ANA_PASSPHRASE, NEW) if told_by(partial(opened, kept, one)) is None
    ]
    assert len(passphrases) == 1
    with Journal.open(kept.folder, [passphrases[0], BEN_PASSPHRASE]) as journal:
        assert journal.verify().damaged == []
        assert journal.load(kept.unfinished).draft is not None
        topics = [head.topic for head in journal.heads().heads]
        if act is delete:
            gone = told_by(partial(journal.load, kept.dialogue))
            assert (gone is None) == file_of(kept.folder, kept.dialogue).exists()
        elif act is take_out:
            texts = {turn.text for turn in journal.load(kept.dialogue).turns}
            assert SENT in texts or texts == {None}
        else:
            assert journal.load(kept.dialogue).turns[1].text == SENT
            assert "The dishes" in topics
    with own.open_own(kept.folder, passphrases[0]) as room:
        in_own = told_by(partial(room.load, kept.note)) is None
    assert in_own or (act is bring and len(topics) == 3)
    for one in backups.all_of(kept.folder):
        assert layout.exists(one)
    if act is recover:
        recover(kept)  # the recovery key stays what it was, wherever it was cut short
        with own.open_own(kept.folder, NEW) as room:
            assert room.load(kept.note).turns[0].text == "Mine"


def opened(kept: Kept, passphrase: str) -> None:
    Journal.open(kept.folder, [passphrase]).close()


ACTS = [roll, delete, take_out, bring, recover, revoke, take_in]


@pytest.mark.parametrize("act", ACTS)
def test_stopped_at_each_call_or_refused_one_the_rest_is_whole(
    act: Callable[[Kept], None], kept: Kept, tmp_path: Path
) -> None:
    if act is roll:  # with more copies than stay, so that one is let go
        with Journal.open(kept.folder, [BEN_PASSPHRASE]) as journal:
            for day in range(2, backups.DAYS + 1):
                day_copied(journal, NOW + timedelta(days=day))
    calls = 0
    for at in range(1, 400):
        place = tmp_path / f"{at}"
        shutil.copytree(kept.folder.parent, place, ignore=shutil.ignore_patterns(*"0123456789"))
        here = kept.at(place / kept.folder.name)
        died = faults.killed(at, partial(act, here))
        check(here, act)
        shutil.rmtree(place)
        calls = at
        if not died:
            break
    else:
        raise AssertionError
    for at in range(1, calls, 5):
        place = tmp_path / f"{at}"
        shutil.copytree(kept.folder.parent, place, ignore=shutil.ignore_patterns(*"0123456789"))
        here = kept.at(place / kept.folder.name)
        with faults.failing(at, CODES[at % len(CODES)]):
            told = told_by(partial(act, here))
        assert told is None or told.status == 7
        check(here, act)
        shutil.rmtree(place)
    print(f"{act.__name__}: killed at {calls - 1} calls")  # noqa: T201 - counts are for reports


# In which order things reach the disk


@dataclass
class Trace:
    """What happened to files and folders, with their paths, in order."""

    events: list[tuple[str, str]] = field(default_factory=list)

    def check(self) -> None:
        """A file gets its name once it is on the disk, and the name is there before what follows.

        A folder that appears by one rename is on the disk with all that is in it by then.
        """
        unsynced: set[str] = set()
        named: dict[str, str] = {}
        for what, path in self.events:
            if what == "write":
                # Whatever is written next to a new name comes after that name is on the disk.
                assert not [name for name in named.values() if not path.startswith(name)], path
                unsynced.add(path)
            elif what == "fsync":
                unsynced.discard(path)
                named.pop(path, None)
            elif what == "sync":
                unsynced.clear()
            elif what == "rename":
                old, _, new = path.partition(" -> ")
                inside = {one for one in unsynced if one == old or one.startswith(f"{old}/")}
                assert inside == set(), path
                named[os.path.dirname(new)] = new  # noqa: PTH120 - paths as the system has them
        assert named == {}
        assert unsynced == set()


@pytest.fixture
def traced(monkeypatch: pytest.MonkeyPatch) -> Trace:
    """Every call that `system` makes, with real paths."""
    trace = Trace()

    def where(path: Any, place: int | None) -> str:
        if isinstance(path, int):
            return str(Path(f"/proc/self/fd/{path}").readlink())
        base = Path() if place is None else Path(f"/proc/self/fd/{place}").readlink()
        return str((base / path).absolute())

    def wrap(name: str) -> None:
        before = getattr(system, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            if name == "rename":
                old = where(args[0], kwargs.get("src_dir_fd"))
                trace.events.append((name, f"{old} -> {where(args[1], kwargs.get('dst_dir_fd'))}"))
            elif name == "sync":
                trace.events.append((name, ""))
            else:
                trace.events.append((name, where(args[0], kwargs.get("dir_fd"))))
            return before(*args, **kwargs)

        monkeypatch.setattr(system, name, call)

    for name in ("write", "fsync", "rename", "sync"):
        wrap(name)
    return trace


EVERY = ["save", "rekey", "known", "copy", "back", "setup", "settings", "out"]


@pytest.mark.skipif(sys.platform != "linux", reason="paths of open files are read from /proc")
@pytest.mark.parametrize("what", EVERY)
def test_each_file_is_on_the_disk_before_its_name_and_each_name_before_what_follows(
    what: str, both: Journal, traced: Trace, tmp_path: Path
) -> None:
    both.save(finished(both, NOW))
    both.write_index()
    copy = both.backup(tmp_path / "stick", NOW).place
    many = 1
    traced.events.clear()
    if what == "save":
        both.save(finished(both, NOW))
        both.write_index()
        many = 2
    elif what == "rekey":
        both.rekey()
        many = 4
    elif what == "known":
        acts.someone_knows(both.folder, ANA_PASSPHRASE, NEW, NOW)
        many = 5
    elif what == "copy":
        both.backup(tmp_path / "other", NOW)
    elif what == "back":
        restore.restore(copy, tmp_path / "back")
    elif what == "setup":
        Journal.create(tmp_path / "new", [("A", ANA_PASSPHRASE), ("B", BEN_PASSPHRASE)], cost=15)
    elif what == "settings":
        both.save_settings(0, both.settings(0))
    else:
        files.write(tmp_path / "out.md", b"words", both.folder)
        many = 0
    assert sum(name == "rename" for name, _ in traced.events) >= many
    traced.check()


def test_a_trace_that_is_out_of_order_is_noticed() -> None:
    good = [
        ("write", "/j/.tmp"),
        ("fsync", "/j/.tmp"),
        ("rename", "/j/.tmp -> /j/a"),
        ("fsync", "/j"),
    ]
    Trace(good).check()
    for drop in (1, 3):
        with pytest.raises(AssertionError):
            Trace(good[:drop] + good[drop + 1 :]).check()
    with pytest.raises(AssertionError):
        Trace([*good[:3], ("write", "/j/.tmp-2"), *good[3:]]).check()


STRACE = shutil.which("strace")


def strace_works() -> bool:
    return STRACE is not None and (
        subprocess.run([STRACE, "-qq", "true"], capture_output=True, check=False).returncode == 0
    )


def test_the_system_itself_sees_a_save_in_that_order_and_nothing_else(
    both: Journal, folder: Path, tmp_path: Path
) -> None:
    if not strace_works():
        pytest.skip("strace is missing here, or not allowed")
    kept = both.save(running(both, NOW, text="zanzibar"))
    program = (
        "import sys; from pathlib import Path; from imago_tui.journal.store import Journal\n"
        "with Journal.open(Path(sys.argv[1]), [sys.argv[2]]) as journal:\n"
        "    entry = journal.load(sys.argv[3])\n"
        "    Path('/begin').exists()\n"
        "    journal.save(entry)\n"
        "    Path('/end').exists()\n"
    )
    log = tmp_path / "trace"
    calls = "openat,write,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,stat,newfstatat"
    subprocess.run(
        [str(STRACE), "-f", "-qq", "-y", "-s", "64", "-e", f"trace={calls}", "-o", str(log),
         sys.executable, "-c", program, str(folder), ANA_PASSPHRASE, kept.id],
        check=True,
    )  # fmt: skip
    text = log.read_text()
    assert "zanzibar" not in text
    seen = text[text.index('"/begin"') : text.index('"/end"')]
    made = [
        found[1]
        for line in seen.splitlines()
        if (found := re.search(r"\b(write|fsync|rename\w*|unlink\w*|openat)\(", line))
        and not (found[1] == "openat" and "O_CREAT" not in line)
        and " = -1 " not in line
    ]
    if made[0] == "openat" and "lock" in seen.partition("O_CREAT")[0].splitlines()[-1]:
        made.pop(0)
    assert [name.removesuffix("at2").removesuffix("at") for name in made] == [
        "open", "write", "fsync", "rename", "fsync",
    ]  # fmt: skip


# No other way to the disk


CHANGES = re.compile(
    r"^(unlink|rename|replace|rmdir|mkdir|makedirs|chmod|fchmod|link|symlink|symlink_to|hardlink_to"
    r"|truncate|ftruncate|write_bytes|write_text|touch|rmtree|copy\w*|move|removedirs|mkfifo|mknod)$"
)
ELSEWHERE = {
    # Only takes away what nothing refers to: leftovers of a mishap, folders put aside before.
    ("atomic", "unlink"), ("recovery_file", "unlink"), ("setup", "unlink"), ("setup", "rmdir"),
    ("join", "unlink"), ("backups", "rmtree"), ("restore", "rmtree"),
}  # fmt: skip


def test_whatever_changes_the_disk_goes_the_way_that_is_watched() -> None:
    folder = Path(imago_tui.journal.__file__).parent
    seen = 0
    for file in sorted(folder.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            whose, name = ast.unparse(node.func.value), node.func.attr
            text = whose.startswith(("text", "PROGRAM", "made", "datetime", "json"))
            if not CHANGES.match(name) or (name == "replace" and (text or node.keywords)):
                continue
            seen += 1
            assert whose == "system" or (file.stem, name) in ELSEWHERE, (
                f"{file.name}: {whose}.{name}"
            )
    assert seen > 10


def test_folders_are_ours_alone_at_every_moment(tmp_path: Path) -> None:
    # Made 0700 from the start, not opened first and closed later.
    modes: list[int] = []
    with faults.at_each_call(
        lambda _number, _name: modes.extend(
            stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "new").rglob("*")
        )
    ):
        Journal.create(tmp_path / "new", [("A", ANA_PASSPHRASE), ("B", BEN_PASSPHRASE)], cost=15)
    assert modes
    assert set(modes) <= {atomic.FILE_MODE, atomic.FOLDER_MODE}

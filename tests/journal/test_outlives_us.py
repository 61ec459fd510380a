"""Everything opens with the stock `age` program and the short script in README.txt, without us.

Where `age` is not installed, rage (which pyrage is made of) takes its place, so that the way from a
passphrase to the words is walked on every machine; `age` itself walks it where it can be had.
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pyrage
import pytest

from imago_tui.journal import readme
from imago_tui.journal.kdf import LEAST_COST, Kdf, derive
from imago_tui.journal.store import Journal
from tests.journal.people import (
    ANA,
    ANA_PASSPHRASE,
    BEN,
    BEN_PASSPHRASE,
    file_of,
    finished,
    sealed,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

ODD = "caffe\u0300 \U0001f56f  نور בית 日本語 "
AGE = shutil.which("age")


def with_age(identity: Path, data: bytes) -> bytes:
    """What `age -d -i identity` makes of `data`."""
    assert AGE
    call = [AGE, "-d", "-i", str(identity)]
    return subprocess.run(call, input=data, capture_output=True, check=True).stdout


def with_rage(identity: Path, data: bytes) -> bytes:
    """The same by rage."""
    lines = [line for line in identity.read_text().splitlines() if not line.startswith("#")]
    opened: bytes = pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(one) for one in lines])
    return opened


READERS = [with_rage, *([with_age] if AGE else [])]


def key_of(folder: Path, passphrase: str) -> str:
    """What the README makes of a passphrase, in a Python with nothing installed."""
    call = [sys.executable, "-I", "-S", str(folder / readme.FILE)]
    done = subprocess.run(call, input=f"{passphrase}\n".encode(), capture_output=True, check=True)
    assert done.stderr == b""
    return done.stdout.decode()


def ring_of(
    folder: Path, n: int, passphrase: str, place: Path, read: Callable[[Path, bytes], bytes]
) -> Path:
    mine, ring = place / f"mine{n}.txt", place / f"ring{n}.txt"
    mine.write_text(key_of(folder, passphrase))
    ring.write_bytes(read(mine, (folder / "keys" / f"{n + 1}.age").read_bytes()))
    return ring


@pytest.mark.parametrize("passphrase", [ANA_PASSPHRASE, ODD, "x" * 99])
def test_the_script_makes_the_same_key(passphrase: str, tmp_path: Path) -> None:
    kdf = Kdf.new(LEAST_COST)
    (tmp_path / readme.FILE).write_bytes(readme.compose(kdf))
    assert key_of(tmp_path, passphrase).strip() == str(derive(passphrase, kdf))


def test_the_readme_says_salt_and_cost_and_no_secret(folder: Path, both: Journal) -> None:
    text = (folder / readme.FILE).read_text()
    kdf = Kdf.read(folder / "keys")
    assert base64.b64encode(kdf.salt).decode() in text
    assert f"2^{kdf.log_n}" in text
    for secret in (ANA, BEN, ANA_PASSPHRASE, both._company.shared.members[0].recipient):
        assert secret not in text
    assert max(map(len, text.splitlines())) <= 100


def test_a_text_in_another_language_cannot_end_the_string_it_stands_in(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    odd = {"journal.readme.text": 'a """ b \\ c " {', "journal.readme.prompt": 'Wort "\\ '}
    monkeypatch.setattr(readme, "words", lambda key, **_: odd[key])
    kdf = Kdf.new(LEAST_COST)
    (tmp_path / readme.FILE).write_bytes(readme.compose(kdf))
    assert key_of(tmp_path, ANA_PASSPHRASE).strip() == str(derive(ANA_PASSPHRASE, kdf))


@pytest.mark.parametrize("read", READERS)
def test_from_either_passphrase_to_the_words(
    read: Callable[[Path, bytes], bytes],
    folder: Path,
    both: Journal,
    tmp_path: Path,
    now: datetime,
) -> None:
    kept = both.save(finished(both, now, text="Grüße 👩‍🚀"))
    for n, passphrase in enumerate((ANA_PASSPHRASE, BEN_PASSPHRASE)):
        ring = ring_of(folder, n, passphrase, tmp_path, read)
        room = tmp_path / "room.txt"
        room.write_bytes(read(ring, (folder / "keys" / "shared.age").read_bytes()))
        entry = json.loads(read(room, file_of(folder, kept.id).read_bytes()))
        assert entry["turns"][1]["text"] == "Grüße 👩‍🚀"
        assert (entry["id"], entry["room"], entry["topic"]) == (kept.id, "shared", "The dishes")
        own = tmp_path / "own.txt"
        own.write_bytes(
            read(tmp_path / f"mine{n}.txt", (folder / "keys" / f"{n + 1}.own.age").read_bytes())
        )
        assert "AGE-SECRET-KEY-1" in own.read_text()


@pytest.mark.parametrize("read", READERS)
def test_both_rings_open_what_is_kept_for_both_together(
    read: Callable[[Path, bytes], bytes],
    folder: Path,
    both: Journal,
    tmp_path: Path,
    now: datetime,
) -> None:
    kept = both.save(sealed(both, now))
    rings = [
        ring_of(folder, n, passphrase, tmp_path, read)
        for n, passphrase in enumerate((ANA_PASSPHRASE, BEN_PASSPHRASE))
    ]
    room = tmp_path / "room.txt"
    room.write_bytes(read(rings[0], (folder / "keys" / "shared.age").read_bytes()))
    entry = json.loads(read(room, file_of(folder, kept.id).read_bytes()))
    assert "turns" not in entry
    assert "topic" not in entry
    inner = json.loads(read(rings[1], read(rings[0], base64.b64decode(entry["sealed"]))))
    assert inner["topic"] == "The dishes"
    with pytest.raises(Exception):  # noqa: B017, PT011 - each reader has its own
        read(rings[1], base64.b64decode(entry["sealed"]))


@pytest.mark.parametrize("read", READERS)
def test_a_recovery_key_opens_all_that_its_owner_may_read(
    read: Callable[[Path, bytes], bytes], tmp_path: Path, now: datetime
) -> None:
    folder, key = tmp_path / "journal", tmp_path / "key.txt"
    people = [(ANA, ANA_PASSPHRASE), (BEN, BEN_PASSPHRASE)]
    with Journal.create(folder, people, recovery=[key], cost=LEAST_COST) as journal:
        kept = journal.save(finished(journal, now))
    both = tmp_path / "both.txt"
    both.write_bytes(read(key, (folder / "keys" / "1.recovery.age").read_bytes()))
    room = tmp_path / "room.txt"
    room.write_bytes(read(both, (folder / "keys" / "shared.age").read_bytes()))
    assert json.loads(read(room, file_of(folder, kept.id).read_bytes()))["id"] == kept.id


# The page for people, run as it stands

PAGE = Path(__file__).parents[2] / "docs" / "your-words-outlive-us.md"
STAND_IN = """#!{python}
import sys, pyrage
call = sys.argv[1:]
assert call[:2] == ["-d", "-i"]
lines = [line for line in open(call[2]) if line.startswith("AGE-SECRET-KEY-1")]
keys = [pyrage.x25519.Identity.from_str(line.strip()) for line in lines]
data = open(call[3], "rb").read()
try:
    sys.stdout.buffer.write(pyrage.decrypt(data, keys))
except Exception:
    sys.exit(1)
"""


def blocks() -> list[tuple[str, str]]:
    """The commands of the page, each with the word behind its `sh`."""
    found = re.findall(r"^```sh ?(\w*)\n(.*?)^```", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    assert len(found) == 6
    return [(mark, text) for mark, text in found]


@pytest.mark.parametrize("real", [False, *([True] if AGE else [])])
@pytest.mark.parametrize("recovery", [False, True])
def test_the_page_for_people_opens_everything(
    *, real: bool, recovery: bool, tmp_path: Path, now: datetime
) -> None:
    folder, key, work = tmp_path / "journal", tmp_path / "key.txt", tmp_path / "work"
    people = [(ANA, ANA_PASSPHRASE), (BEN, BEN_PASSPHRASE)]
    with Journal.create(folder, people, recovery=[key], cost=LEAST_COST) as journal:
        kept = journal.save(finished(journal, now, text="Grüße 👩‍🚀"))
        both = journal.save(sealed(journal, now, topic="Ours"))
        with journal.own(ANA_PASSPHRASE) as room:
            mine = room.note("reflection", "Mine alone", None, now)
        copy = journal.backup(tmp_path / "stick", now).place
    work.mkdir()
    shutil.copy(key, work / "recovery.txt")
    ring_of(folder, 1, BEN_PASSPHRASE, work, with_rage).rename(work / "ring2.txt")
    path = os.environ["PATH"]
    if not real:
        (tmp_path / "bin").mkdir()
        stand_in = tmp_path / "bin" / "age"
        stand_in.write_text(STAND_IN.format(python=sys.executable))
        stand_in.chmod(0o700)
        path = f"{stand_in.parent}:{path}"
    left_out = {"", "both", "recovery"} if recovery else {"", "both", "own"}
    for mark, text in blocks():
        if mark not in left_out or (recovery and "README.txt" in text):
            continue
        subprocess.run(
            ["/bin/sh", "-eu", "-c", text],
            input=f"{ANA_PASSPHRASE}\n".encode(),
            cwd=work,
            env={"PATH": path, "JOURNAL": str(copy)},
            check=True,
        )
    entry = json.loads((work / "shared" / f"{kept.id}.json").read_text())
    assert entry["turns"][1]["text"] == "Grüße 👩‍🚀"
    opened = json.loads((work / "shared" / f"{both.id}.json.opened.json").read_text())
    assert opened["topic"] == "Ours"
    own = json.loads((work / "own" / f"{mine.id}.json").read_text())
    assert own["turns"][0]["text"] == "Mine alone"
    assert not (work / "shared" / f"{mine.id}.json").exists()

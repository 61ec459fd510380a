"""The journal at many sizes, beside jrnl's encrypted journal of the same texts.

Whole commands with unlock run in turns with jrnl's, and the median of the ratios of neighbours is
told; what happens in the open journal is measured in a process of its own. The dialogues are made
in bulk, without waiting for the disk, from a fixed vocabulary: the same texts in every run.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from imago_tui.journal.store import Journal

SIZES = (1_000, 10_000, 100_000)
TEXT = 2_000
"""Bytes of words in a dialogue."""
WORDS = 4_000
"""Different ones that are said at all."""
PASSPHRASES = ("the first passphrase", "the second passphrase")
NAMES = ("Ana", "Ben")
BEGIN = datetime(2016, 1, 1, 20, 15, tzinfo=UTC)
RARE = "quince"
RARE_IN_ALL = 5
ROUNDS, FEW_ROUNDS = 5, 3
SEARCHES = 400
SHOWN = 50
"""Finds that a screen asks for while someone types."""
SEAL_JRNL = """
import sys
from pathlib import Path
from jrnl.encryption.Jrnlv3Encryption import Jrnlv3Encryption
seal = Jrnlv3Encryption("default", {})
seal.password = sys.argv[3]
Path(sys.argv[2]).write_bytes(seal.encrypt(Path(sys.argv[1]).read_text()))
"""
JRNL_SETTINGS = """
version: v4.6
journals: {{default: {{journal: {journal}}}}}
encrypt: true
template: false
editor: ''
default_hour: 9
default_minute: 0
timeformat: '%Y-%m-%d %H:%M'
tagsymbols: '#@'
highlight: false
linewrap: false
indent_character: '|'
colors: {{body: none, date: none, tags: none, title: none}}
"""


def vocabulary() -> tuple[list[str], list[float]]:
    """Words and how often each is said: few often, most seldom."""
    dice = random.Random(1)
    parts = [a + b for a in "bcdfghklmnprst" for b in "aeiou"]
    found: dict[str, None] = {}
    while len(found) < WORDS:
        found["".join(dice.choices(parts, k=dice.choice((1, 2, 2, 3, 3, 4))))] = None
    return list(found), [1 / (rank + 3) for rank in range(len(found))]


def texts(count: int) -> Iterator[tuple[str, str]]:
    """A title and some 2,000 bytes of words for each dialogue."""
    dice = random.Random(2)
    said, often = vocabulary()
    add = list(itertools.accumulate(often))
    every = count // RARE_IN_ALL
    for n in range(count):
        text = " ".join(dice.choices(said, cum_weights=add, k=TEXT // 5))[:TEXT]
        yield f"Topic {n}", f"{RARE} {text}" if n % every == every // 2 else text


@dataclass(frozen=True)
class Side:
    """One program: its home, and how to run it."""

    home: Path
    command: list[str]
    stdin: str = ""

    def run(self, *arguments: str) -> tuple[float, str]:
        """Seconds of a whole command, and what it said."""
        env = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "IMAGO_TUI_HOME": str(self.home),
            "PYTHONPATH": str(TOP),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "XDG_DATA_HOME": str(self.home / "data"),
        }
        begin = time.perf_counter()
        # Without a terminal jrnl reads its password from a pipe.
        done = subprocess.run(
            [*self.command, *arguments],
            env=env,
            input=self.stdin,
            text=True,
            capture_output=True,
            check=False,
            start_new_session=True,
        )
        taken = time.perf_counter() - begin
        if done.returncode:
            raise SystemExit(f"{self.command[0]} {arguments}: {done.returncode}\n{done.stderr}")
        return taken, done.stdout


def ours(home: Path, count: int) -> Side:
    """A journal of `count` dialogues at the usual cost, its index beside it."""
    from imago_tui.journal import backups, codec, opening
    from imago_tui.journal.catalogue import entry_file
    from imago_tui.journal.company import Company
    from imago_tui.journal.entry import Turn
    from imago_tui.journal.store import Journal

    entries = home / "journal" / "entries"
    people = list(zip(NAMES, PASSPHRASES, strict=True))
    with Journal.create(home / "journal", people) as journal:
        # In bulk, past the fsync of each save.
        keys = Company(journal.folder, opening.open_rings(journal.folder, PASSPHRASES)).room_keys()
        for n, (title, text) in enumerate(texts(count)):
            half = len(text) // 2
            entry = replace(
                journal.new_entry("dialogue", BEGIN + timedelta(hours=12 * n)),
                ended=BEGIN + timedelta(hours=12 * n, minutes=40),
                state="done",
                topic=title,
                kept="all",
                revision=1,
                turns=(
                    Turn(1, "topic", "Ana", "Ana", title, aloud=False),
                    Turn(2, "send", "Ana", "Ana", text[:half], aloud=False),
                    Turn(3, "mirror", "Ben", "Ana", text[half:], aloud=False),
                ),
            )
            backups.put(entries / entry_file(entry.id), codec.encode(entry, keys))
        os.sync()
        journal.write_index()
    file = home / "passphrase"
    file.write_text(PASSPHRASES[0] + "\n")
    return Side(
        home, [sys.executable, "-m", "imago_tui", "journal", "--passphrase-file", str(file)]
    )


def theirs(home: Path, count: int, python: Path) -> Side:
    """The same texts in the encrypted journal of jrnl."""
    plain, sealed, settings = home / "plain.txt", home / "sealed.jrnl", home / "jrnl.yaml"
    with plain.open("w") as file:
        for n, (title, text) in enumerate(texts(count)):
            when = (BEGIN + timedelta(hours=12 * n)).strftime("%Y-%m-%d %H:%M")
            file.write(f"[{when}] {title}\n{text}\n\n")
    call = [str(python), "-c", SEAL_JRNL, str(plain), str(sealed), PASSPHRASES[0]]
    subprocess.run(call, check=True, env={"PATH": os.environ["PATH"], "HOME": str(home)})
    plain.unlink()
    settings.write_text(JRNL_SETTINGS.format(journal=sealed))
    command = [str(python.parent / "jrnl"), "--config-file", str(settings)]
    return Side(home, command, PASSPHRASES[0] + "\n")


def export_of_one(home: Path, n: int) -> str:
    """A file with one new dialogue, for `journal import`."""
    from imago_tui.journal.entry import Entry, Turn
    from imago_tui.outgoing import json_form

    _, text = next(texts(RARE_IN_ALL))
    when = BEGIN - timedelta(days=n + 1)
    turn = Turn(1, "send", "Ana", "Ana", text, aloud=False)
    one = Entry(
        id=f"{n + 1:016x}",
        room="shared",
        exercise="dialogue",
        topic="Added",
        started=when,
        ended=when,
        state="done",
        partners=NAMES,
        kept="all",
        turns=(turn,),
    )
    file = home / f"one-{n}.json"
    file.write_text(json.dumps(json_form.compose([one], NAMES)))
    return str(file)


def whole_commands(mine: Side, jrnl: Side, count: int) -> dict[str, tuple[float, float, float]]:
    """Seconds of ours, of jrnl's, and the ratio, for each thing that both can do."""
    newest = BEGIN + timedelta(hours=12 * (count - 10))
    today = datetime.now(UTC).strftime("%Y-%m-%d %H:%M")
    pairs: dict[str, Callable[[int], tuple[tuple[str, ...], tuple[str, ...]]]] = {
        "list, all": lambda _: (("list",), ("--short",)),
        "list, newest ten": lambda _: (
            ("list", "--since", newest.isoformat()[:10]),
            ("-n", "10", "--short"),
        ),
        "search, a rare word": lambda _: (("search", RARE), ("-contains", RARE, "--short")),
        "add one": lambda n: (
            ("import", export_of_one(mine.home, n)),
            (f"{today}: Added. {next(texts(RARE_IN_ALL))[1]}",),
        ),
    }
    rounds = ROUNDS if count <= SIZES[1] else FEW_ROUNDS
    found: dict[str, tuple[float, float, float]] = {}
    for what, arguments in pairs.items():
        both = []
        for n in range(rounds):
            one, other = arguments(n)
            (mine_taken, said), (jrnl_taken, jrnl_said) = mine.run(*one), jrnl.run(*other)
            both.append((mine_taken, jrnl_taken))
            check(what, count, said, jrnl_said)
        found[what] = (
            statistics.median(a for a, _ in both),
            statistics.median(b for _, b in both),
            statistics.median(b / a for a, b in both),
        )
    return found


def check(what: str, count: int, said: str, jrnl_said: str) -> None:
    """Both did the same work, or the figures would say nothing."""
    named = {
        "list, all": (said.count("Topic "), jrnl_said.count("Topic "), count),
        "search, a rare word": (said.count(RARE), jrnl_said.count("Topic "), RARE_IN_ALL),
    }
    if what in named and len(set(named[what])) != 1:
        raise SystemExit(f"{what}: found {named[what]}")


def inside(home: Path, count: int) -> dict[str, float]:
    """What happens in the open journal, in seconds; run in a process of its own."""
    from imago_tui.journal import opening
    from imago_tui.journal.store import Journal

    folder = home / "journal"
    taken: dict[str, float] = {}
    begin = time.perf_counter()
    opened = opening.open_rings(folder, [PASSPHRASES[0]])
    taken["unlock"] = time.perf_counter() - begin
    begin = time.perf_counter()
    journal = Journal(folder, opened)
    listed = journal.heads().heads
    taken["opening"] = time.perf_counter() - begin
    taken["list again"] = median(journal.heads, 5)
    taken.update(searches(journal))
    taken["save"] = saves(journal, folder)
    taken["peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    journal.close()
    if len(listed) < count:
        raise SystemExit(f"{len(listed)} of {count} are listed")
    return taken


def rebuild(home: Path) -> dict[str, float]:
    """How long an index takes that has to be made anew; run in a process of its own."""
    from imago_tui.journal.store import Journal

    folder = home / "journal"
    for file in folder.glob("index-*.age"):
        file.unlink()
    told: list[float] = []
    with Journal.open(folder, [PASSPHRASES[0]]) as journal:
        begin = time.perf_counter()
        journal.heads(lambda _done, _of: told.append(time.perf_counter()))
        read = time.perf_counter() - begin
        journal.write_index()
    (file,) = folder.glob("index-*.age")
    gaps = [later - earlier for earlier, later in itertools.pairwise(told)]
    return {
        "rebuild": read,
        "between two steps of its bar": max(gaps),
        "rebuild and write": time.perf_counter() - begin,
        "index MB": file.stat().st_size / 1e6,
        "peak MB, rebuild": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def median(work: Callable[[], object], rounds: int) -> float:
    """Seconds of the middle one."""
    return statistics.median(timed(work) for _ in range(rounds))


def timed(work: Callable[[], object]) -> float:
    """Seconds, once."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def searches(journal: Journal) -> dict[str, float]:
    """Words of all kinds, whole and half typed, one and two at once."""
    dice = random.Random(3)
    said, often = vocabulary()
    asked = [
        *dice.choices(said, weights=often, k=SEARCHES // 2),
        *dice.choices(said, k=SEARCHES // 4),
    ]
    asked += [" ".join(dice.choices(said, weights=often, k=2)) for _ in range(SEARCHES // 8)]
    asked += [word[: dice.randint(1, 3)] for word in dice.choices(said, k=SEARCHES // 8)]
    kinds: dict[str, Callable[[str], object]] = {
        "as one types": journal.matching,
        "with what was said": partial(journal.search, most=SHOWN),
    }
    found: dict[str, float] = {}
    for what, search in kinds.items():
        search(RARE)
        taken = sorted(timed(partial(search, words)) for words in asked)
        found[f"search {what}, p50"] = taken[len(taken) // 2]
        found[f"search {what}, p99"] = taken[int(len(taken) * 0.99)]
    return found


def saves(journal: Journal, folder: Path) -> float:
    """A dialogue saved again and again, beside a bare write, fsync, rename, fsync of the folder."""
    from scripts.benchmark import bare_save

    entry = journal.load(journal.heads().heads[0].id)
    entry = replace(entry, state="unfinished", ended=None)
    with journal.lock():
        entry = journal.save(entry)
        size = (folder / "entries" / f"{entry.id}.age").stat().st_size
        data, ratios = os.urandom(size), []
        for _ in range(101):
            begin = time.perf_counter()
            entry = journal.save(entry)
            mine = time.perf_counter() - begin
            ratios.append(mine / timed(lambda: bare_save(folder, data)))
        journal.remove(entry.id)
    (folder / "bare").unlink()
    return statistics.median(ratios)


def in_a_process(what: str, home: Path, count: int) -> dict[str, float]:
    """`inside` or `rebuild`, where nothing else has used memory before."""
    call = [sys.executable, __file__, "--part", what, str(home), str(count)]
    done = subprocess.run(call, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def measured(count: int, place: Path, python: Path) -> dict[str, Any]:
    """All figures of one size."""
    home, jrnl_home = place / f"ours-{count}", place / f"jrnl-{count}"
    home.mkdir()
    jrnl_home.mkdir()
    progress(f"making {count:,} dialogues")
    mine, jrnl = ours(home, count), theirs(jrnl_home, count, python)
    found: dict[str, Any] = {}
    progress("the index anew")
    found |= in_a_process("rebuild", home, count)
    progress("whole commands")
    found |= whole_commands(mine, jrnl, count)
    progress("in the open journal")
    found |= in_a_process("inside", home, count)
    shutil.rmtree(home)
    shutil.rmtree(jrnl_home)
    return found


def progress(text: str) -> None:
    """What is being done, for whoever waits."""
    print(f"  {text} ...", file=sys.stderr, flush=True)


LIMITS = {
    "list, all": "2 x faster",
    "list, newest ten": "2 x faster",
    "search, a rare word": "2 x faster",
    "add one": "2 x faster",
    "opening": "0.5 s",
    "rebuild": "10 s",
    "search as one types, p99": "20 ms",
    "save": "1.5 x",
    "peak MB": "250 MB",
}
"""The budgets, which hold at 10,000."""


def shown(what: str, value: Any) -> str:
    """A figure with its unit."""
    if isinstance(value, tuple):
        return f"{value[0]:.2f} / {value[1]:.2f} s, {value[2]:.1f} x"
    if "MB" in what:
        return f"{value:.0f} MB"
    if what == "save":
        return f"{value:.2f} x"
    return f"{value * 1e3:.1f} ms" if value < 1 else f"{value:.1f} s"


def growth(smaller: Any, larger: Any) -> str:
    """How many times more."""
    one, other = (value[0] if isinstance(value, tuple) else value for value in (smaller, larger))
    return f"x {other / one:.1f}"


def table(every: dict[int, dict[str, Any]]) -> Iterator[str]:
    """The figures, a line each, with the growth from each size to the next."""
    sizes = list(every)
    heads = [f"{size:,}" for size in sizes]
    yield f"{'what (ours / jrnl, times faster)':<36}{'at 10,000':>11}" + "".join(
        f"{head:>26}" + (f"{'growth':>9}" if at else "") for at, head in enumerate(heads)
    )
    for what in every[sizes[0]]:
        line = f"{what:<36}{LIMITS.get(what, ''):>11}"
        for at, size in enumerate(sizes):
            line += f"{shown(what, every[size][what]):>26}"
            if at:
                line += f"{growth(every[sizes[at - 1]][what], every[size][what]):>9}"
        yield line


def main() -> int:
    """Measure each size that was asked for, and print the table after each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("jrnl", type=Path, help="the Python that has jrnl")
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES)
    asked = parser.parse_args()
    every: dict[int, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory(dir=TOP) as place:
        for size in asked.sizes:
            every[size] = measured(size, Path(place), asked.jrnl)
            print("\n".join(table(every)), flush=True)
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--part"]:
        part, where, many = sys.argv[2:]
        print(
            json.dumps(inside(Path(where), int(many)) if part == "inside" else rebuild(Path(where)))
        )
        sys.exit(0)
    sys.exit(main())

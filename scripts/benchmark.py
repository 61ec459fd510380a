"""Every budget as a ratio to something plain beside it, so that a busy machine cancels out.

What is compared runs in turns, one after the other, and the median of the ratios of neighbours is
told. Nothing here fails: figures are for people to read (docs/benchmarks.md keeps a run of them).
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from imago_tui.journal.store import Journal
    from tests.pty.terminal import Terminal

COUPLE_SIZE = (100, 30)
PAIR = (("Ana", "the first passphrase"), ("Ben", "the second passphrase"))

SMALLEST = """
from textual.app import App
from textual.widgets import TextArea
class Smallest(App):
    def compose(self):
        yield TextArea("smallest", id="t")
Smallest().run()
"""
"""The smallest Textual app with one text field: what any such program costs."""


@dataclass(frozen=True)
class Row:
    """One line of the table. ``budget`` is the most that the figure may be."""

    what: str
    figure: str
    budget: str
    detail: str


def clean_environment(home: str) -> dict[str, str]:
    """A fresh home and a plain terminal."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    return {**kept, "TERM": "xterm-256color", "IMAGO_TUI_HOME": home, "PYTHONPATH": str(TOP)}


def seconds(run: Callable[[], object]) -> float:
    """How long it takes, once."""
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


def side_by_side(
    ours: Callable[[], float], plain: Callable[[], float], rounds: int
) -> tuple[float, float, float]:
    """Median of ours, of the plain one, and of the ratios of neighbours."""
    pairs = [(ours(), plain()) for _ in range(rounds)]
    ratio = statistics.median(mine / theirs for mine, theirs in pairs)
    return statistics.median(p[0] for p in pairs), statistics.median(p[1] for p in pairs), ratio


def version() -> Iterator[Row]:
    """``imago-tui --version`` beside ``python -c pass``."""
    with tempfile.TemporaryDirectory() as home:
        env = clean_environment(home)

        def run(*arguments: str) -> float:
            command = [sys.executable, *arguments]
            return seconds(
                lambda: subprocess.run(command, env=env, stdout=subprocess.DEVNULL, check=True)
            )

        mine, theirs, ratio = side_by_side(
            lambda: run("-m", "imago_tui", "--version"), lambda: run("-c", "pass"), 21
        )
    yield Row(
        "--version", f"{ratio:.2f} x", "4 x", f"{mine * 1e3:.0f} ms, pass {theirs * 1e3:.0f} ms"
    )


@contextmanager
def journal(folder: Path) -> Iterator[Journal]:
    """A journal with a cheap key, for benchmarks only."""
    from imago_tui.journal.store import Journal

    made = Journal.create(folder, PAIR, cost=15)
    with made, made.lock():
        yield made


def bare_save(folder: Path, data: bytes) -> None:
    """Write, fsync, rename, fsync of the folder: what any safe save costs."""
    temporary, target = folder / "bare.tmp", folder / "bare"
    with temporary.open("wb", buffering=0) as file:
        file.write(data)
        os.fsync(file.fileno())
    temporary.replace(target)
    place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(place)
    finally:
        os.close(place)


def save() -> Iterator[Row]:
    """A turn sealed and synced beside a bare write of the same size."""
    from dataclasses import replace

    from imago_tui.journal.entry import Turn

    with tempfile.TemporaryDirectory(dir=TOP) as place:
        folder = Path(place)
        with journal(folder / "journal") as made:
            text = "When you came at nine I had been afraid for an hour. " * 40
            turn = Turn(1, "send", "Ana", "Ana", text, aloud=False)
            started = datetime.now().astimezone()
            entry = made.save(replace(made.new_entry("dialogue", started), turns=(turn,)))
            size = (folder / "journal" / "entries" / f"{entry.id}.age").stat().st_size
            bare = os.urandom(size)

            def ours() -> float:
                nonlocal entry
                begin = time.perf_counter()
                entry = made.save(entry)
                return time.perf_counter() - begin

            mine, theirs, ratio = side_by_side(
                ours, lambda: seconds(lambda: bare_save(folder, bare)), 301
            )
    yield Row(
        "saving a turn",
        f"{ratio:.2f} x",
        "1.5 x",
        f"{mine * 1e3:.2f} ms, bare {theirs * 1e3:.2f} ms, {size} bytes",
    )


def run_in_terminal(command: list[str], home: str) -> Terminal:
    """A program in a terminal of the benchmark's size."""
    from tests.pty.terminal import Terminal

    return Terminal(command, size=COUPLE_SIZE, env=clean_environment(home))


def ours_and_smallest(home: str) -> tuple[list[str], list[str]]:
    """The two command lines that are compared."""
    smallest = Path(home) / "smallest.py"
    smallest.write_text(SMALLEST)
    return [sys.executable, "-P", "-m", "imago_tui", "dialogue"], [sys.executable, str(smallest)]


def paint() -> Iterator[Row]:
    """From the start to the first thing to see, beside the smallest Textual app."""
    with tempfile.TemporaryDirectory() as home:

        def first(command: list[str]) -> float:
            begin = time.perf_counter()
            with run_in_terminal(command, home) as terminal:
                terminal.wait_for(lambda text: bool(text.strip()))
                return time.perf_counter() - begin

        ours, smallest = ours_and_smallest(home)
        mine, theirs, ratio = side_by_side(lambda: first(ours), lambda: first(smallest), 11)
    yield Row(
        "dialogue to first paint",
        f"{ratio:.2f} x",
        "1.4 x",
        f"{mine * 1e3:.0f} ms, smallest app {theirs * 1e3:.0f} ms",
    )


def to_a_field(terminal: Terminal) -> None:
    """Through a first evening to a turn that is typed."""
    from tests.pty.couple import Couple

    couple = Couple(terminal, names=("Left", "Right"))
    couple.first_evening("dialogue")
    for who in (0, 1):
        couple.choose(who, "ready.yes")
    couple.choose(0, "settle")
    for who in (0, 1):
        couple.choose(who, "intention.skip")
    couple.see()
    couple.press("t")
    terminal.wait_quiet()


def _other_than(before: str) -> Callable[[str], bool]:
    return lambda text: text != before


def latency(terminal: Terminal, keys: int = 150) -> list[float]:
    """Seconds from a key to the screen that shows it, key by key."""
    found = []
    letters = "the quick brown fox jumps over the lazy dog "
    for place in range(keys):
        letter = letters[place % len(letters)]
        before = terminal.text()
        begin = time.perf_counter()
        terminal.send(letter)
        if letter != " ":
            terminal.wait_for(_other_than(before))
            found.append(time.perf_counter() - begin)
        terminal.wait_quiet(0.03)
    return found


def keys() -> Iterator[Row]:
    """From a key to its letter on the screen, in a typed turn and in the smallest app."""
    with tempfile.TemporaryDirectory() as home:
        ours, smallest = ours_and_smallest(home)
        with run_in_terminal(ours, home) as mine, run_in_terminal(smallest, home) as theirs:
            to_a_field(mine)
            theirs.wait_for("smallest")
            pairs = [(latency(mine, 60), latency(theirs, 60)) for _ in range(5)]
    own = sorted(time_ for one, _ in pairs for time_ in one)
    other = sorted(time_ for _, one in pairs for time_ in one)
    middle, plain = statistics.median(own), statistics.median(other)
    slowest = own[int(len(own) * 0.99)]
    yield Row(
        "key to repaint, p50",
        f"{middle / plain:.2f} x",
        "1.5 x",
        f"{middle * 1e3:.1f} ms, smallest app {plain * 1e3:.1f} ms",
    )
    yield Row("key to repaint, p99", f"{slowest * 1e3:.1f} ms", "45 ms", f"{len(own)} keys")


def processor(pid: int) -> float:
    """Seconds of a core that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak(pid: int) -> float:
    """The most memory a process has held, in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def idle() -> Iterator[Row]:
    """What a turn costs while someone speaks and nobody presses a key. Linux only."""
    length = 20.0
    with tempfile.TemporaryDirectory() as home:
        ours, _ = ours_and_smallest(home)
        with run_in_terminal(ours, home) as terminal:
            to_a_field(terminal)
            pid = terminal.pid
            before = processor(pid)
            time.sleep(length)
            used = (processor(pid) - before) / length
            yield Row("idle during a turn", f"{used * 100:.2f} %", "1.5 %", f"{length:.0f} s")
            yield Row("peak memory, no journal", f"{peak(pid):.0f} MB", "60 MB", "a first evening")


def unlocking() -> Iterator[Row]:
    """The most memory while a passphrase becomes a key at its usual cost. Linux only."""
    from imago_tui.journal.store import Journal
    from imago_tui.words import words

    with tempfile.TemporaryDirectory() as home:
        Journal.create(Path(home) / "journal", PAIR).close()
        file = Path(home) / "passphrase"
        file.write_text(PAIR[0][1] + "\n")
        ours, _ = ours_and_smallest(home)
        with run_in_terminal([*ours, "--passphrase-file", str(file)], home) as terminal:
            terminal.wait_for(words.lines("about.page")[0])
            yield Row(
                "peak memory, unlocking", f"{peak(terminal.pid):.0f} MB", "200 MB", "scrypt 2^17"
            )


def hint() -> Iterator[Row]:
    """What a long typed mirror costs that the coach looks at, against one that it does not."""
    from imago_tui import exercises
    from imago_tui.dialogue.events import Event
    from imago_tui.helping.likes import Likes
    from imago_tui.session import Session

    session = Session(exercises.load("dialogue"), ("Ana", "Ben"))
    begin = [Event("ready", 0, answer="yes"), Event("ready", 1, answer="yes")]
    begin += [Event("skip", None), Event("skip", 0), Event("skip", 1)]
    topic = (Event("topic", 0, words="The calls on Sundays."), Event("mirror", 1, words="Calls."))
    said = "When the phone rings at dinner I feel far away from you. " * 12
    mirror = Event("mirror", 1, words="No, that is not how it was, I wanted to help you. " * 12)
    session.do(*begin, *topic, Event("check", 0, answer="yes"), Event("send", 0, words=said))

    def spent() -> float:
        begin = time.thread_time()
        session.do(mirror)
        used = time.thread_time() - begin
        session.do(Event("back", 1))
        return used

    def liked(*, hints: bool) -> float:
        session.likes = (Likes(), Likes(hints=hints))
        return spent()

    spent()  # reads the lists, once
    mine, theirs, _ = side_by_side(lambda: liked(hints=True), lambda: liked(hints=False), 31)
    yield Row(
        "a hint on a typed mirror",
        f"{(mine - theirs) * 1e3:.2f} ms",
        "5 ms",
        f"{len(str(mirror.words).split())} words, {mine * 1e3:.2f} ms with the step itself",
    )


ROWS: dict[str, Callable[[], Iterator[Row]]] = {
    "version": version,
    "paint": paint,
    "keys": keys,
    "idle": idle,
    "unlocking": unlocking,
    "save": save,
    "hint": hint,
}


def main() -> int:
    """Print the rows that were asked for, or all."""
    asked = sys.argv[1:] or list(ROWS)
    if unknown := [name for name in asked if name not in ROWS]:
        print(f"bench: no row {unknown[0]!r}; there are: {', '.join(ROWS)}", file=sys.stderr)
        return 2
    print(f"{'what':<38}{'figure':>16}{'at most':>12}   in this run")
    for name in asked:
        for row in ROWS[name]():
            print(f"{row.what:<38}{row.figure:>16}{row.budget:>12}   {row.detail}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

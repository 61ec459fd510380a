"""Every budget as a ratio to something plain that runs beside it, so that a busy machine cancels out.

What is compared runs in turns, one after the other, and the medians are divided. Nothing here fails:
figures are for people to read (docs/benchmarks.md keeps a run of them).
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TOP), str(TOP / "tests" / "pty")]

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
def journal(folder: Path) -> Iterator[object]:
    """A journal with a cheap key, for benchmarks only."""
    from imago_tui.journal.store import Journal

    pair = [("Ana", "the first passphrase"), ("Ben", "the second passphrase")]
    made = Journal.create(folder, pair, cost=15)
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


ROWS: dict[str, Callable[[], Iterator[Row]]] = {"version": version, "save": save}


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

"""Fuzz the readers: files of a journal, key files, exports, exercises, scripts, settings.

Each input is made from a number, in a process of its own that may die: a traceback, an input that
takes longer than its door allows, or memory beyond bounds is a finding. It is saved with its door
and what happened, to be tried again with --replay.
"""

from __future__ import annotations

import argparse
import contextlib
import mmap
import multiprocessing
import random
import resource
import struct
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

from scripts import fuzz_doors  # noqa: E402  only importable from here on
from scripts.fuzz_changes import changed, made_up, words_of  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scripts.fuzz_doors import Door

FINDINGS = TOP / "fuzz-findings"
MOST_MEMORY = 1 << 30
"""Address space beyond what stands there at the start."""
STALLED = 60.0
"""Seconds after which an input that never ends is ended."""
# Where the process that reads tells what it is at: door, number, how many so far and taken.
NOTE = struct.Struct("<IQQQ")


def input_of(name: str, door: Door, number: int) -> bytes:
    """The input of this number: always the same for the same samples."""
    dice = random.Random(f"{name} {number}")
    sample = dice.choice(door.samples)
    others = [*door.samples, *_ALL_SAMPLES]
    kind = dice.random()
    if kind < 0.1:  # noqa: PLR2004  a tenth is made up, the rest half and half
        return made_up(dice, words_of(door.samples))
    if kind < 0.55:  # noqa: PLR2004
        return changed(sample, dice, others)
    return door.change(sample, dice, others)


_ALL_SAMPLES: list[bytes] = []


def run(name: str, door: Door, data: bytes) -> tuple[str, bool]:
    """What was found, "" for nothing; and whether the input was taken."""
    begun = time.process_time()
    took = False
    try:
        took = fuzz_doors.taken(door, data)
    except MemoryError:
        return "memory", False
    except Exception:  # noqa: BLE001 - that is what is looked for
        return traceback.format_exc(limit=-12), False
    seconds = time.process_time() - begun
    return (f"{seconds:.1f} s in {name}", took) if seconds > door.seconds else ("", took)


def worker(found: Mapping[str, Door], names: list[str], first: int, note: mmap.mmap) -> None:
    """Try one input after the other, through each door in turn, until ended from outside."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(ValueError, OSError, IndexError):  # where the system counts it at all
        now = int(Path("/proc/self/statm").read_text().split()[0]) * mmap.PAGESIZE
        resource.setrlimit(resource.RLIMIT_AS, (now + MOST_MEMORY,) * 2)
    number, done, took = first, 0, 0
    while True:
        for at, name in enumerate(names):
            if number % found[name].every:
                continue
            note[: NOTE.size] = NOTE.pack(at, number, done, took)
            data = input_of(name, found[name], number)
            what, was_taken = run(name, found[name], data)
            if what:
                save(name, number, data, what)
            done, took = done + 1, took + was_taken
            note[: NOTE.size] = NOTE.pack(at, number, done, took)
        number += 1


def save(name: str, number: int, data: bytes, what: str) -> None:
    """Keep an input, and what it did."""
    FINDINGS.mkdir(exist_ok=True)
    file = FINDINGS / f"{name.replace(' ', '-')}-{number}"
    file.write_bytes(data)
    file.with_suffix(".txt").write_text(f"{name}\n{what}\n")
    print(f"found: {file.name}: {what.strip().splitlines()[-1][:150]}", flush=True)


def fuzz(found: dict[str, Door], names: list[str], seconds: float, first: int) -> Counter[str]:
    """Let workers try, one after the other, until the time is over."""
    total: Counter[str] = Counter()
    end = time.monotonic() + seconds
    note = mmap.mmap(-1, NOTE.size)
    number = first
    fork = multiprocessing.get_context("fork")
    while time.monotonic() < end:
        note[: NOTE.size] = NOTE.pack(0, number, 0, 0)
        child = fork.Process(target=worker, args=(found, names, number, note), daemon=True)
        child.start()
        stalled = _watch(child, note, end)
        child.kill()
        child.join()
        at, number, done, took = NOTE.unpack(note[: NOTE.size])
        total.update(inputs=done, taken=took)
        if time.monotonic() < end:
            name = names[at]
            what = "it did not end" if stalled else f"it died: {child.exitcode}"
            save(name, number, input_of(name, found[name], number), what)
            total.update(died=1)
        number += 1
    total["last number"] = number
    return total


def _watch(child: multiprocessing.process.BaseProcess, note: mmap.mmap, end: float) -> bool:
    """Wait for the child's end, or that of the time; whether it stood still before."""
    before, since = b"", time.monotonic()
    while child.is_alive() and time.monotonic() < end:
        child.join(0.5)
        now = bytes(note[: NOTE.size])
        if now != before:
            before, since = now, time.monotonic()
        elif time.monotonic() - since > STALLED:
            return True
    return False


def replay(found: dict[str, Door], files: list[Path]) -> int:
    """Try inputs again that were found before; how many are found still."""
    still = 0
    for file in files:
        name = file.with_suffix(".txt").read_text().splitlines()[0]
        what, took = run(name, found[name], file.read_bytes())
        print(f"{file.name}: {what or ('taken' if took else 'refused')}")
        still += bool(what)
    return still


def main() -> int:
    """0 when nothing was found."""
    parser = argparse.ArgumentParser(prog="scripts/fuzz", description=__doc__)
    parser.add_argument("seconds", nargs="?", type=float, default=60.0, help="how long; 60")
    parser.add_argument("--door", action="append", help="only this one; may be given again")
    parser.add_argument("--first", type=int, default=0, help="number of the first input; 0")
    parser.add_argument("--replay", nargs="+", type=Path, metavar="FILE", help="saved findings")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="imago-fuzz-") as place:
        return _work(parser, asked, fuzz_doors.doors(Path(place)))


def _work(
    parser: argparse.ArgumentParser, asked: argparse.Namespace, found: dict[str, Door]
) -> int:
    for door in found.values():
        fuzz_doors.good(door)
        _ALL_SAMPLES.extend(door.samples)
    if asked.replay:
        return 1 if replay(found, asked.replay) else 0
    names = asked.door or list(found)
    if unknown := set(names) - set(found):
        parser.error(f"no door {unknown.pop()!r}; there are: {', '.join(found)}")
    before = len(list(FINDINGS.glob("*.txt")))
    total = fuzz(found, names, asked.seconds, asked.first)
    new = len(list(FINDINGS.glob("*.txt"))) - before
    print(
        f"{len(names)} doors, {total['inputs']:,} inputs in {asked.seconds:.0f} s, "
        f"{total['taken']:,} of them taken, {new} findings; next: --first {total['last number']}"
    )
    return 1 if new else 0


if __name__ == "__main__":
    sys.exit(main())

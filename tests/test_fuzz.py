"""The fuzzer finds what it is there to find: it is tried on doors with faults planted in them."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, NoReturn

import pytest

from imago_tui.errors import ImagoError
from scripts import fuzz_doors, fuzzing
from scripts.fuzz_doors import Door

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def careless(_: bytes) -> NoReturn:
    raise KeyError


def slow(_: bytes) -> None:
    end = time.process_time() + 0.1
    while time.process_time() < end:
        pass


def hungry(_: bytes) -> None:
    raise MemoryError


def blaming_itself(_: bytes) -> NoReturn:
    raise ImagoError("", "", 1)


@pytest.mark.parametrize(
    ("read", "told"),
    [(careless, "KeyError"), (slow, "s in"), (hungry, "memory"), (blaming_itself, "1")],
)
def test_a_planted_fault_is_found(read: Callable[[bytes], object], told: str) -> None:
    found, took = fuzzing.run("planted", Door(read, [b"x"], seconds=0.05), b"x")
    assert told in found
    assert not took or read is slow


def test_a_process_that_dies_is_told_with_what_it_died_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fuzzing, "FINDINGS", tmp_path / "findings")
    deadly = Door(lambda data: os._exit(9) if data.startswith(b"deadly") else None, [b"deadly"])
    total = fuzzing.fuzz({"planted": deadly}, ["planted"], 0.7, 0)
    assert total["died"] >= 1
    assert "it died: 9" in capsys.readouterr().out
    (one, *_) = sorted((tmp_path / "findings").glob("*.txt"))
    data = one.with_suffix("").read_bytes()
    assert data.startswith(b"deadly")
    number = int(one.stem.rpartition("-")[2])
    assert fuzzing.input_of("planted", deadly, number) == data


def test_every_door_takes_what_is_good_and_stands_some_of_what_is_not(tmp_path: Path) -> None:
    doors = fuzz_doors.doors(tmp_path)
    for name, door in doors.items():
        fuzz_doors.good(door)
        for number in range(0, 40, door.every):
            data = fuzzing.input_of(name, door, number)
            assert fuzzing.run(name, door, data)[0] == ""

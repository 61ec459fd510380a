"""`imago-tui coach --jsonl`, and the script that measures with it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TOP = Path(__file__).parents[2]
DATA = Path(__file__).parent / "data"
LINE = {
    "id": "a",
    "kind": "mirror",
    "sent": "I felt small when you laughed.",
    "mirror": "You felt small. Zanzibar! You should have told me.",
}
Done = subprocess.CompletedProcess[str]


def coach(text: str | bytes, *switches: str, **environment: str) -> Done:
    given = text.encode("utf-8") if isinstance(text, str) else text
    done = subprocess.run(
        [sys.executable, "-m", "imago_tui", "coach", *(switches or ("--jsonl",))],
        cwd=TOP,
        env=os.environ | environment,
        input=given,
        capture_output=True,
        check=False,
    )
    return Done(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def answers(done: Done) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_each_line_is_answered_in_its_place() -> None:
    lines = [
        LINE,
        {"id": 2, "kind": "sender", "sent": "You never listen to me."},
        {"id": "c", "kind": "empathy", "mirror": "I imagine you feel sad."},
        {"id": "d", "kind": "mirror", "sent": LINE["sent"], "mirror": "You felt small. I laughed."},
    ]
    done = coach("\n\n".join(map(json.dumps, lines)) + "\n")
    assert (done.returncode, done.stderr) == (0, "")
    told = answers(done)
    assert [one["id"] for one in told] == ["a", 2, "c", "d"]
    assert [set(one) for one in told] == [{"id", "score", "hints"}] * 4
    assert [[hint["code"] for hint in one["hints"]] for one in told] == [
        ["advice"],
        ["blame"],
        [],
        [],
    ]
    (hint,) = told[0]["hints"]
    assert set(hint) == {"code", "words", "text"}
    assert hint["words"] == "You should"
    assert "You should" in hint["text"]
    assert told[0]["score"] < told[3]["score"]


@pytest.mark.parametrize(
    "line",
    [
        "zanzibar",
        "[" * 100_000,
        "[]",
        '"zanzibar"',
        "{}",
        '{"id": "zanzibar"}',
        '{"id": null, "kind": "mirror", "sent": "zanzibar", "mirror": ""}',
        '{"id": true, "kind": "mirror", "sent": "zanzibar", "mirror": ""}',
        '{"id": "1", "kind": "zanzibar", "sent": "", "mirror": ""}',
        '{"id": "1", "kind": ["mirror"], "sent": "zanzibar", "mirror": ""}',
        '{"id": "1", "kind": "mirror", "sent": "zanzibar"}',
        '{"id": "1", "kind": "mirror", "sent": 7, "mirror": "zanzibar"}',
        '{"id": "1", "kind": "sender", "mirror": "zanzibar"}',
        b"\xff\xfe zanzibar",
    ],
    ids=lambda line: line[:40],
)
def test_a_line_that_is_none_is_told_by_its_number_and_not_quoted(line: str | bytes) -> None:
    raw = line.encode() if isinstance(line, str) else line
    done = coach(json.dumps(LINE).encode() + b"\n" + raw + b"\n" + json.dumps(LINE).encode())
    assert done.returncode == 2
    assert done.stderr.startswith("imago-tui: line 2 ")
    assert "zanzibar" not in done.stderr
    assert "Traceback" not in done.stderr
    assert [one["id"] for one in answers(done)] == ["a"]


def test_without_jsonl_it_says_what_it_needs() -> None:
    done = coach("", "--language", "en")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--jsonl" in done.stderr


def test_nothing_in_is_nothing_out() -> None:
    assert answers(coach("\n \n")) == []


def test_a_language_without_a_file_gets_what_needs_none() -> None:
    done = coach(json.dumps(LINE), "--jsonl", "--language", "xx")
    assert answers(done) == [{"id": "a", "score": 0.0, "hints": []}]


def test_two_processes_say_the_same() -> None:
    text = (DATA / "challenge.jsonl").read_text("utf-8")
    first, second = (coach(text, PYTHONHASHSEED=seed) for seed in ("1", "2"))
    assert first.stdout == second.stdout
    assert len(answers(first)) == len(text.splitlines())


def test_the_coach_brings_nothing_heavy() -> None:
    show = "import sys, imago_tui.coach; print(*sys.modules)"
    command = [sys.executable, "-c", show]
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=True)
    seen = done.stdout.split()
    ours = {name for name in seen if name.startswith("imago_tui.")}
    assert all(name.startswith("imago_tui.coach") for name in ours)
    assert {"textual", "rich", "pydantic", "click", "tomllib", "pathlib"}.isdisjoint(seen)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout in a folder with a space, its environment that of these tests."""
    top = tmp_path / "imago tui"
    for name in ("imago_tui", "scripts", "constraints"):
        shutil.copytree(TOP / name, top / name, ignore=shutil.ignore_patterns("__pycache__"))
    (top / ".venv" / "bin").mkdir(parents=True)
    (top / ".venv" / "bin" / "python").symlink_to(sys.executable)
    (top / ".venv" / "lib").symlink_to(Path(sys.prefix) / "lib")
    shutil.copy(Path(sys.prefix) / "pyvenv.cfg", top / ".venv")
    shutil.copy(top / "constraints" / "run.txt", top / ".venv" / "imago-stamp")
    return top


EVALUATE = """
import json, pathlib, subprocess, sys
given = dict(zip(sys.argv[1::2], sys.argv[2::2]))
text = (pathlib.Path(given["--data"]) / "some.jsonl").read_text()
done = subprocess.run(given["--cmd"], shell=True, input=text, capture_output=True, text=True)
print(done.stdout, done.stderr, given.get("--annomi"))
"""


def measure(top: Path, *arguments: str, **environment: str) -> Done:
    return subprocess.run(
        [str(top / "scripts" / "coach-eval"), *arguments],
        cwd=top.parent,
        env={"PATH": os.environ["PATH"], "HOME": str(top.parent), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_measuring_runs_the_program_on_the_data_that_is_named(checkout: Path) -> None:
    data = checkout.parent / "some $data"
    (data / "dev").mkdir(parents=True)
    (data / "evaluate.py").write_text(EVALUATE, "utf-8")
    (data / "dev" / "some.jsonl").write_text(json.dumps(LINE) + "\n", "utf-8")
    named = measure(checkout, str(data), "--annomi", "one.jsonl")
    assert named.returncode == 0, named.stderr
    assert json.loads(named.stdout.splitlines()[0])["hints"][0]["code"] == "advice"
    assert named.stdout.endswith("one.jsonl\n")
    found = measure(checkout, COACH_DATA=str(data))
    assert found.stdout.splitlines()[0] == named.stdout.splitlines()[0]


@pytest.mark.parametrize("arguments", [[], ["nowhere"], ["--annomi", "x"]])
def test_measuring_says_what_it_needs(checkout: Path, arguments: list[str]) -> None:
    done = measure(checkout, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "evaluate.py" in done.stderr
    assert "COACH_DATA" in done.stderr

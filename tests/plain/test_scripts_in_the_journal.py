"""A script at the journal: what is kept word for word, whose it is, and how it goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

from imago_tui import keeping
from imago_tui.journal.store import Journal
from tests.plain.table import BEGIN, PASSPHRASES, turn

if TYPE_CHECKING:
    from pathlib import Path

    from tests.plain.table import Table

TOPIC = turn("topic", "Ana", "Late evenings.") + turn("mirror", "Ben") + turn("check", "Ana", "yes")
HARD = [
    "👩‍👩‍👧 and 🫂🏽",
    "مرحبا \u202eright to left\u202c",
    "e\u0301 is not é, \u0928\u093f too",
    "  blanks around \t and inside  ",
    "one\ntwo\r\nthree\n",
    "\x1b]52;c;aGVsbG8=\x07 \x1b[2J \x00 \x7f \x9b31m",
    "\u2028 \ufeff \ufffe \U0010ffff",
    "step = \"send\"\n[[turn]]\n'''",
    "w" * 100_000,
]


@pytest.mark.parametrize("text", HARD, ids=range(len(HARD)))
def test_words_are_kept_code_point_by_code_point(text: str, table: Table) -> None:
    status, out, err = table.script(BEGIN + turn("topic", "Ana", text))
    assert (status, out, err) == (0, "unfinished\n", "")
    (row,) = table.listed()
    assert table.shown(row["id"])["turns"][0]["text"] == text
    for form in (["--print"], ["--json"], ["--json", "--print"]):
        _, out, _ = table.run("journal", "show", row["id"], *form, *table.files)
        assert not set(out) & {"\x1b", "\x00", "\x07", "\x7f", "\x9b", "\u202e"}


def test_an_empty_say_was_said_aloud(table: Table) -> None:
    table.script(BEGIN + turn("topic", "Ana", ""))
    (row,) = table.listed()
    told = table.shown(row["id"])["turns"][0]
    assert (told["text"], told["aloud"]) == (None, True)


@pytest.mark.parametrize(
    ("partners", "who"),
    [
        (("Ana", "Ben"), ("Ana", "Ben")),
        (("Ben", "Ana"), ("Ben", "Ana")),
        (("Ana", "Cleo"), ("Ana", "Ben")),
        (("Cleo", "Ana"), ("Ben", "Ana")),
        (("Ben", "Cleo"), ("Ben", "Ana")),
        (("Cleo", "Ben"), ("Ana", "Ben")),
        (("Cleo", "Dara"), ("Ana", "Ben")),
        (("ana", "ben"), ("Ana", "Ben")),
    ],
)
def test_partners_by_name_else_by_order(
    partners: tuple[str, str], who: tuple[str, str], table: Table
) -> None:
    one, other = partners
    script = (
        f"partners = {json.dumps(partners)}\n"
        + turn("ready", other, "yes")
        + turn("ready", one, "yes")
        + turn("topic", one, "Mine.")
        + turn("mirror", other, "Yours.")
        + turn("check", one, "yes")
    )
    assert table.script(script)[0] == 0
    entry = table.shown(table.listed()[0]["id"])
    assert entry["partners"] == ["Ana", "Ben"]
    assert [(t["who"], t["about"]) for t in entry["turns"]] == [(who[0], who[0]), (who[1], who[0])]


def test_an_early_end_goes_on_with_resume(table: Table) -> None:
    assert table.script(BEGIN + turn("topic", "Ana", "Late evenings."))[:2] == (0, "unfinished\n")
    head = 'partners = ["Ben", "Ana"]\n'
    refused = head + turn("send", "Ana", "Too soon.")
    status, _, err = table.script(refused, "--resume")
    assert (status, "turn 1: send" in err) == (3, True)
    more = head + turn("mirror", "Ben", "Late evenings?") + turn("check", "Ana", "yes")
    assert table.script(more, "--resume")[:2] == (0, "unfinished\n")
    rest = head + turn("stop") + turn("keep", "Ben", "all") + turn("keep", "Ana", "all")
    assert table.script(rest, "--resume")[0] == 0
    (row,) = table.listed()
    assert [t["text"] for t in table.shown(row["id"])["turns"]] == [
        "Late evenings.",
        "Late evenings?",
    ]
    status, _, err = table.script(rest, "--resume")
    assert (status, "no unfinished talk" in err) == (2, True)


def test_what_was_left_out_is_not_put_in_twice_after_a_resume(table: Table) -> None:
    table.script(BEGIN)
    head = 'partners = ["Ana", "Ben"]\n'
    assert table.script(head + turn("topic", "Ana", "Late."), "--resume")[0] == 0
    assert (
        table.script(head + turn("back", "Ana") + turn("topic", "Ana", "Early."), "--resume")[0]
        == 0
    )
    (row,) = table.listed()
    assert [t["text"] for t in table.shown(row["id"])["turns"]] == ["Early."]


def test_a_script_starts_fresh_and_the_older_one_stays(table: Table) -> None:
    table.script(BEGIN + turn("topic", "Ana", "First."))
    table.script(BEGIN + turn("topic", "Ana", "Second."))
    rows = table.listed()
    assert [row["state"] for row in rows] == ["unfinished", "unfinished"]
    texts = {table.shown(row["id"])["turns"][0]["text"] for row in rows}
    assert texts == {"First.", "Second."}


def test_the_newest_is_gone_on_with_also_when_two_began_in_one_second(table: Table) -> None:
    for text in ("First.", "Second.", "Third."):
        table.script(BEGIN + turn("topic", "Ana", text))
    assert table.script('partners = ["Ana", "Ben"]\n' + turn("mirror", "Ben"), "--resume")[0] == 0
    assert (
        table.script('partners = ["Ana", "Ben"]\n' + turn("check", "Ana", "yes"), "--resume")[0]
        == 0
    )
    lengths = {
        entry["turns"][0]["text"]: len(entry["turns"])
        for entry in (table.shown(row["id"]) for row in table.listed())
    }
    assert lengths == {"First.": 1, "Second.": 1, "Third.": 2}


def test_a_copy_that_cannot_be_made_is_told_and_nothing_is_lost(table: Table) -> None:
    (table.home / "journal-backups").write_text("in the way")
    kept = turn("keep", "Ana", "all") + turn("keep", "Ben", "all")
    status, out, err = table.script(BEGIN + TOPIC + turn("stop") + kept)
    assert (status, out.startswith("done: "), err.count("\n")) == (0, True, 2)
    assert "what you wanted to keep is kept" in err
    assert [row["state"] for row in table.listed()] == ["done"]


def test_another_exercise_is_not_gone_on_with(table: Table) -> None:
    table.script(BEGIN)
    other = 'exercise = "appreciation"\npartners = ["Ana", "Ben"]\n' + turn("stop")
    status, _, err = table.script(other, "--resume")
    assert (status, "another exercise" in err) == (2, True)


def test_what_cannot_be_gone_on_with_stays(table: Table) -> None:
    table.script(BEGIN + TOPIC)
    with Journal.open(table.home / "journal", PASSPHRASES[:1]) as journal:
        entry = keeping.newest_unfinished(journal)
        assert entry is not None
        from dataclasses import replace

        journal.save(replace(entry, log=({"at": "a place of another version"},)))
    status, _, err = table.script('partners = ["Ana", "Ben"]\n' + turn("stop"), "--resume")
    assert (status, "What was said stays" in err) == (5, True)
    assert len(table.shown(table.listed()[0]["id"])["turns"]) == 2


def test_without_a_journal_nothing_is_written_and_it_says_so(bare: Table) -> None:
    script = BEGIN + turn("stop") + turn("keep", "Ana", "all") + turn("keep", "Ben", "all")
    before = sorted(bare.home.iterdir())
    status, out, err = bare.script(script)
    assert (status, out.startswith("done")) == (0, True)
    assert "imago-tui setup" in err
    assert sorted(bare.home.iterdir()) == sorted([*before, bare.home / "script.toml"])
    status, _, err = bare.script(BEGIN + turn("send", "Ana", "x"))
    assert (status, err.count("\n")) == (3, 1)
    assert bare.script(BEGIN, "--resume")[0] == 2


def test_no_journal_leaves_the_journal_alone(table: Table) -> None:
    before = table.tree()
    status, out, err = table.script(BEGIN, "--no-journal")
    assert (status, out, err) == (0, "unfinished\n", "")
    assert table.tree() == before


@pytest.mark.parametrize("other", ["--fresh", "--no-journal"])
def test_what_does_not_go_together(other: str, table: Table) -> None:
    status, _, err = table.script(BEGIN, "--resume", other)
    assert (status, other in err) == (2, True)


def test_a_passphrase_from_a_program_and_none_at_all(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = table.home / "a script.toml"
    file.write_text(BEGIN, "utf-8")
    monkeypatch.setenv("IMAGO_TUI_PASSPHRASE_COMMAND", f"printf '%s' '{PASSPHRASES[1]}'")
    assert table.run("dialogue", "--script", str(file))[0] == 0
    monkeypatch.setenv("IMAGO_TUI_PASSPHRASE_COMMAND", "printf 'something else, long enough'")
    assert table.run("dialogue", "--script", str(file))[0] == 4
    monkeypatch.delenv("IMAGO_TUI_PASSPHRASE_COMMAND")
    monkeypatch.setattr("sys.stdin", open(os.devnull))  # noqa: SIM115
    status, _, err = table.run("dialogue", "--script", str(file))
    assert (status, "--passphrase-file" in err) == (4, True)
    assert len(table.listed()) == 1


def test_while_another_one_writes_it_is_status_6(table: Table) -> None:
    before = table.tree()
    with Journal.open(table.home / "journal", PASSPHRASES[:1]) as journal, journal.lock():
        status, out, _ = table.script(BEGIN)
    assert (status, out) == (6, "")
    assert table.tree() == before | {"lock": b""}


def test_what_cannot_be_written_is_status_7(table: Table) -> None:
    with pytest.MonkeyPatch.context() as patch:

        def full(*_: object, **__: object) -> int:
            raise OSError(28, "no space")

        patch.setattr("imago_tui.journal.system.write", full)
        status, out, err = table.script(BEGIN)
    assert (status, out) == (7, "")
    assert "no room left" in err
    assert table.listed() == []


def test_keys_that_are_gone_are_not_taken_for_no_journal(table: Table) -> None:
    table.script(BEGIN)
    (table.home / "journal" / "keys" / "1.age").unlink()
    status, _, err = table.script(BEGIN)
    assert (status, "key files" in err) == (5, True)


def test_killed_between_two_turns_it_goes_on_at_the_exact_step(
    table: Table, tmp_path: Path
) -> None:
    """The script is killed while it waits for the disk after its fourth save."""
    script = tmp_path / "script.toml"
    more = turn("send", "Ana", "One.") + turn("mirror", "Ben", "One?") + turn("check", "Ana", "yes")
    script.write_text(BEGIN + TOPIC + more, "utf-8")
    here = tmp_path / "here"
    code = (
        "import sys, time, pathlib\n"
        "from imago_tui import keeping\n"
        "save, done = keeping.JournalKeeper.save, []\n"
        "def slow(self, now, draft):\n"
        "    save(self, now, draft)\n"
        "    done.append(1)\n"
        "    if len(done) == 6:\n"
        f"        pathlib.Path({str(here)!r}).touch()\n"
        "        time.sleep(600)\n"
        "keeping.JournalKeeper.save = slow\n"
        "from imago_tui.cli import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    program = subprocess.Popen(
        [sys.executable, "-c", code, "dialogue", "--script", str(script), *table.files[:2]],
        env=os.environ | {"IMAGO_TUI_HOME": str(table.home)},
        stdin=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 60
    waiting = threading.Event()
    while not here.exists() and program.poll() is None and time.monotonic() < deadline:
        waiting.wait(0.02)
    program.send_signal(signal.SIGKILL)
    assert program.wait() == -signal.SIGKILL
    rest = turn("mirror", "Ben", "One!") + turn("check", "Ana", "yes")
    assert table.script('partners = ["Ana", "Ben"]\n' + rest, "--resume")[0] == 0
    (row,) = table.listed()
    assert [t["text"] for t in table.shown(row["id"])["turns"]] == [
        "Late evenings.",
        None,
        "One.",
        "One!",
    ]

"""A script that can't be held is told by the first line in the way, and nothing happens."""

from __future__ import annotations

import os
import threading
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from imago_tui.errors import ImagoError
from imago_tui.script.reading import read
from imago_tui.toml_lines import Lines
from tests.plain.table import BEGIN, turn

if TYPE_CHECKING:
    from pathlib import Path

    from tests.plain.table import Table

HEAD = 'exercise = "dialogue"\npartners = ["Ana", "Ben"]\n'


def after(more: str) -> str:
    """A good beginning and something that isn't."""
    return BEGIN + more


@pytest.mark.parametrize(
    ("text", "line", "told", "hint"),
    [
        (after(turn("sent", "Ana", "x")), 16, "no step sent", "Did you mean send?"),
        (after(turn("tpoic", "Ana", "x")), 16, "no step tpoic", "topic"),
        (after(turn("qqqq", "Ana", "x")), 16, "no step qqqq", "mirror"),
        (after(turn("topic", "Anna", "x")), 17, "called Anna", "Did you mean Ana?"),
        (after(turn("topic", "ana", "x")), 17, "called ana", "Did you mean Ana?"),
        (after(turn("topic", "Ana ", "x")), 17, "called Ana ", "Ana"),
        (after(turn("topic", "", "x")), 15, "topic needs who", "Ana, Ben"),
        (after(turn("resume", "", None)), 15, "resume needs who", "Ana, Ben"),
        (after(turn("check", "Ana", "yess")), 18, "no such answer", "Did you mean yes?"),
        (after(turn("check", "Ana", "almst: x")), 18, "no such answer", "almost"),
        (after(turn("check", "Ana")), 15, "needs an answer", "yes, almost, added, tone"),
        (after(turn("check", "Ana", "")), 18, "needs an answer", "yes, almost"),
        (after(turn("keep", "Ana", "everything")), 18, "no such answer", "nothing"),
        (after(turn("more", "Ana")), 15, "needs an answer", "yes, no"),
        (after(turn("switch", "Ben", "noww")), 18, "no such answer", "Did you mean now?"),
        (after(turn("switch", "Ben", "book")), 18, "cannot be read", "20:00"),
        (after(turn("switch", "Ben", "book 25:00")), 18, "cannot be read", "20:00"),
        (after(turn("switch", "Ben", "book 2001-01-01T10:00")), 18, "over already", "20:00"),
        (after(turn("ready", "Ben", "later soon")), 18, "cannot be read", "tomorrow"),
        (after(turn("time-out", "", "a while")), 17, "cannot be read", "minutes"),
        (after(turn("time-out", "", "0")), 17, "cannot be read", "minutes"),
        (after(turn("time-out", "", "2001-01-01 10:00")), 17, "over already", "minutes"),
        (after('\n[[turn]]\nwho = "Ana"\n'), 15, "has no step", ""),
        (after('\n[[turn]]\nstep = "stop"\nwhen = "20"\n'), 17, "no when", "who"),
        (after('\n[[turn]]\nstep = "stop"\nsya = "20"\n'), 17, "no sya", "Did you mean say?"),
        (after('\n[[turn]]\nstep = "time-out"\nsay = 20\n'), 17, "say is a text", "quotes"),
        (after("\n[[turn]]\nstep = 3\n"), 16, "step is a text", "quotes"),
        ("partner = []\n" + BEGIN, 1, "no partner", "Did you mean partners?"),
        ('exercise = "dialog"\npartners = ["A", "B"]\n', 1, "no exercise dialog", "dialogue"),
        ("exercise = 1\n", 1, "exercise is a text", "quotes"),
        ('exercise = "dialogue"\n', 1, "two people", "partners ="),
        ('partners = ["Ana"]\n', 1, "two people", "partners ="),
        ('\npartners = ["Ana", "Ana"]\n', 2, "two different names", "partners ="),
        ('partners = ["Ana", ""]\n', 1, "two people", "partners ="),
        ('partners = ["Ana", "Ben", "Cy"]\n', 1, "two people", "partners ="),
        ("partners = 2\n", 1, "two people", "partners ="),
        (HEAD + "turn = 3\n", 3, "rows", ""),
        (HEAD + '[turn]\nstep = "stop"\n', 3, "rows", ""),
        (HEAD + "[[turn]\n", 3, "as a script", "[[turn]]"),
        (HEAD + 'x = "\n', 3, "as a script", "[[turn]]"),
        (HEAD + 'step = """open\n\n', 3, "as a script", "[[turn]]"),
        ("[" * 5000, 1, "as a script", "[[turn]]"),
        (HEAD + 'turn = [{step = "stop"}, {step = "sstop"}]\n', 3, "no step sstop", "stop"),
    ],
)
def test_what_stands_in_the_way_is_told_with_its_line(
    text: str, line: int, told: str, hint: str, table: Table
) -> None:
    before = table.tree()
    status, out, err = table.script(text)
    assert (status, out) == (2, "")
    first, _, second = err.partition("\n")
    assert first.startswith(f"imago-tui: script.toml, line {line}: ")
    assert told in first
    assert hint in second
    assert table.tree() == before


def test_bytes_that_are_no_text(table: Table) -> None:
    file = table.home / "bytes.toml"
    file.write_bytes(HEAD.encode() + b'[[turn]]\nstep = "stop"\nsay = "\xff"\n')
    status, out, err = table.run("dialogue", "--script", str(file), *table.files)
    assert (status, out) == (2, "")
    assert "bytes.toml, line 5: " in err


def test_a_script_that_is_not_there_or_no_file(table: Table) -> None:
    for name in (table.home / "none.toml", table.home):
        status, out, err = table.run("dialogue", "--script", str(name), *table.files)
        assert (status, out) == (2, "")
        assert "cannot be opened" in err


def test_a_script_that_never_ends_is_not_read_to_its_end(
    bare: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("imago_tui.script.reading.MOST", 1000)
    status, _, err = bare.run("dialogue", "--script", "/dev/zero")
    assert status == 2
    assert "longer than any dialogue" in err


def test_another_exercise_was_asked_for(bare: Table) -> None:
    status, _, err = bare.script(BEGIN, "silly")
    assert status == 2
    assert "line 2" in err
    assert bare.script(BEGIN, "dialogue")[0] == 0


def test_an_unknown_exercise_beside_the_script(bare: Table) -> None:
    status, _, err = bare.script(BEGIN, "dialoge")
    assert status == 2
    assert "Did you mean dialogue?" in err


def test_a_script_may_come_through_a_pipe(bare: Table) -> None:
    pipe = bare.home / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(BEGIN, "utf-8"))
    writer.start()
    status, out, _ = bare.run("dialogue", "--script", str(pipe))
    writer.join()
    assert (status, out) == (0, "unfinished\n")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_line_ends_and_marks_of_other_editors(newline: str, start: str, tmp_path: Path) -> None:
    file = tmp_path / "script.toml"
    file.write_bytes((start + BEGIN.replace("\n", newline)).encode())
    script = read(file, datetime.now().astimezone())
    assert script.partners == ("Ana", "Ben")
    assert [turn.event.who for turn in script.turns] == [0, 1]


def test_the_line_is_right_behind_texts_of_many_lines(tmp_path: Path) -> None:
    text = BEGIN + (
        '\n[[turn]]\nstep = "topic"\nwho = "Ana"\n'
        'say = """\n[[turn]]\n# not a comment: \\"\nstep = "x"\n"""\n# "a comment\n'
        "[[turn]]\nstep = 'mirror' # ''' \nwho = \"Bne\"\n"
    )
    file = tmp_path / "script.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(ImagoError) as told:
        read(file, datetime.now().astimezone())
    line = text.splitlines().index('who = "Bne"') + 1
    assert f"line {line}: " in told.value.message


def test_quoted_keys_have_lines_as_well() -> None:
    lines = Lines('a = 1\n[[ "turn" ]]\n  "who" = "x"\n[other]\nsay = 1\n', "turn")
    assert lines.of(None, "a") == 1
    assert lines.of(1) == 2
    assert lines.of(1, "who") == 3
    assert lines.of(1, "say") == 2  # that one belongs to another table


def test_times_are_local_and_in_the_future(tmp_path: Path) -> None:
    now = datetime.now().astimezone()
    soon = (now + timedelta(hours=2)).replace(microsecond=0, tzinfo=None)
    file = tmp_path / "script.toml"
    file.write_text(
        BEGIN + turn("switch", "Ben", f"book {soon.isoformat()}") + turn("time-out", "", "20"),
        "utf-8",
    )
    booked, out = (one.event.when for one in read(file, now).turns[2:])
    assert booked == soon.astimezone()
    assert out == now + timedelta(minutes=20)

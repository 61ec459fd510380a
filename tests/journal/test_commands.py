"""The commands around the journal, as people and programs run them."""

from __future__ import annotations

import functools
import io
import json
import shutil
import sys
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from imago_tui.journal import change, join, kdf, opening, recovery, setup
from imago_tui.journal.store import Journal
from imago_tui.words import words
from tests.journal import many
from tests.journal.people import finished, sealed
from tests.plain.table import PASSPHRASES, Table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True, scope="module")
def _each_key_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module in (opening, join, change, recovery, setup):
            patch.setattr(module, "derive", functools.cache(kdf.derive))
        patch.setattr(setup.create_alone, "__defaults__", (kdf.LEAST_COST,))
        yield


@pytest.fixture(scope="module")
def couple(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("couple") / "journal"
    people = list(zip(("Ana", "Ben"), PASSPHRASES, strict=True))
    Journal.create(folder, people, cost=kdf.LEAST_COST).close()
    return folder


@pytest.fixture
def bare(imago_home: Path, capfd: pytest.CaptureFixture[str]) -> Table:
    """No journal yet."""
    imago_home.mkdir()
    return Table(imago_home, capfd)


@pytest.fixture
def table(couple: Path, bare: Table) -> Table:
    """A journal of Ana and Ben on this machine."""
    shutil.copytree(couple, bare.home / "journal")
    return bare


@pytest.fixture
def type_in(monkeypatch: pytest.MonkeyPatch) -> functools.partial[None]:
    """Puts a text where the next command reads it."""

    def put(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))

    return functools.partial(put)


NOW = datetime(2026, 11, 23, 20, 15, tzinfo=UTC)
SECRET = "What I have never said."


def ana(table: Table) -> list[str]:
    return table.files[:2]


def ben(table: Table) -> list[str]:
    return table.files[2:]


def test_ones_own_room_from_the_command_line(
    table: Table, type_in: functools.partial[None]
) -> None:
    type_in("Why I went quiet.\nTwice.\n")
    status, out, err = table.run("journal", "note", "--topic", "Quiet", *ana(table))
    assert (status, "Only you can read this" in err) == (0, True)
    _, out, _ = table.run("journal", "list", "--own", "--json", *ana(table))
    (row,) = json.loads(out)
    assert row["room"] == "private"
    assert list(row) == ["id", "room", "exercise", "topic", "started", "ended", "state"]
    _, out, _ = table.run("journal", "show", row["id"][:8], "--own", "--json", *ana(table))
    assert json.loads(out)["turns"][0]["text"] == "Why I went quiet.\nTwice."
    _, out, _ = table.run("journal", "show", row["id"][:8], "--own", "--print", *ana(table))
    assert "Reflection: Ana" in out
    _, out, _ = table.run("journal", "search", "quiet", "--own", "--json", *ana(table))
    assert [one["id"] for one in json.loads(out)] == [row["id"]]
    for files in (ana(table), table.files):
        assert table.run("journal", "list", "--json", *files) == (0, "[]\n", "")
        assert table.run("journal", "search", "quiet", "--json", *files) == (0, "[]\n", "")
        assert table.run("journal", "show", row["id"], *files)[0] == 2
    assert table.run("journal", "list", "--own", "--json", *ben(table)) == (0, "[]\n", "")
    assert table.run("journal", "list", "--own", *table.files)[0] == 2
    assert table.run("journal", "list", "--own")[0] == 4
    status, out, _ = table.run("journal", "move", row["id"][:8], *ana(table))
    assert status == 0
    assert table.run("journal", "list", "--own", "--json", *ana(table))[1] == "[]\n"
    (moved,) = json.loads(table.run("journal", "list", "--json", *ben(table))[1])
    assert moved["topic"] == "Quiet"


def test_a_look_back_in_lines(table: Table) -> None:
    folder = table.home / "journal"
    with Journal.open(folder, PASSPHRASES[:1]) as journal:
        ids = many.fill(journal, 900)
        journal.park("The cellar.", "Ben", made=many.NOW)
    status, out, err = table.run("journal", "remembered", *ana(table))
    assert (status, err) == (0, "")
    assert any(line in out for line in many.REMEMBER)
    assert not any(said in out for said in many.SAID)
    assert ids[0][:8] in out or any(id_[:8] in out for id_ in ids)
    _, out, _ = table.run("journal", "topics", *ana(table))
    assert "money" in out.split()
    _, out, _ = table.run("journal", "topics", "MONEY", *ana(table))
    assert "Agreed: a walk on Wednesday" in out
    assert "Ana" not in out
    status, out, err = table.run("journal", "topics", "mony", *ana(table))
    assert (status, out) == (2, "")
    assert '"money"' in err
    _, out, _ = table.run("journal", "open", *ana(table))
    assert "The cellar." in out
    (folder / "entries" / f"{ids[0]}.age").write_bytes(b"not an age file at all")
    status, out, err = table.run("journal", "topics", *ana(table))
    assert (status, "money" in out, ids[0] in err) == (5, True, True)


def test_alone_and_joined_from_the_command_line(
    bare: Table, type_in: functools.partial[None]
) -> None:
    one = ["--partner", "Ana", *ana(bare)]
    status, out, err = bare.run("setup", *one)
    assert (status, err) == (0, "")
    assert "Only you can open it" in out
    before = bare.tree()
    status, _, err = bare.run("setup", *one)
    assert (status, "nothing was changed" in err) == (2, True)
    assert bare.tree() == before
    status, _, err = bare.run("journal", "list", *ana(bare))
    assert (status, "--own" in err) == (2, True)
    type_in("Before anyone came.")
    assert bare.run("journal", "note", *ana(bare))[0] == 0
    status, out, _ = bare.run("journal", "backup", str(bare.home / "stick"), *ana(bare))
    assert (status, "kept beside the journal: 1" in out) == (0, True)
    status, out, _ = bare.run("setup", *one, "--partner", "Ben", *ben(bare))
    assert (status, "opens to nobody else" in out) == (0, True)
    assert bare.run("journal", "list", "--json", *bare.files) == (0, "[]\n", "")
    assert bare.run("journal", "list", "--own", "--json", *ben(bare)) == (0, "[]\n", "")
    (row,) = json.loads(bare.run("journal", "list", "--own", "--json", *ana(bare))[1])
    assert row["room"] == "private"
    status, _, err = bare.run("setup", *one, "--partner", "Ben", *ben(bare))
    assert (status, "nothing was changed" in err) == (2, True)


NEW = "slow marble tangerine wind"


def new_file(table: Table) -> list[str]:
    file = table.home / "new"
    file.write_text(f"{NEW}\n")
    return ["--new-passphrase-file", str(file)]


def with_new(table: Table) -> list[str]:
    return ["--passphrase-file", new_file(table)[1]]


@pytest.mark.parametrize("known", [[], ["--known"]])
def test_a_new_passphrase(known: list[str], table: Table, type_in: functools.partial[None]) -> None:
    type_in(SECRET)
    assert table.run("journal", "note", *ana(table))[0] == 0
    command = ["journal", "passphrase", *known]
    status, out, err = table.run(*command, *ana(table), *new_file(table))
    assert (status, err) == (0, "")
    assert "opens nothing here any more" in out
    assert ("rekey" in out) == bool(known)
    assert table.run("journal", "list", *ana(table))[0] == 4
    assert table.run("journal", "list", *ben(table))[0] == 0
    (row,) = json.loads(table.run("journal", "list", "--own", "--json", *with_new(table))[1])
    _, out, _ = table.run("journal", "show", row["id"], "--own", "--json", *with_new(table))
    assert json.loads(out)["turns"][0]["text"] == SECRET
    assert table.run(*command, *ana(table), *new_file(table))[0] == 4


def test_a_recovery_key_from_the_command_line(table: Table) -> None:
    key = str(table.home / "key.txt")
    assert table.run("journal", "recover", "--make", key, *ana(table))[0] == 0
    assert table.run("journal", "recover", "--make", key, *ana(table))[0] == 2
    assert table.run("journal", "recover", *ana(table))[0] == 2
    assert table.run("journal", "recover", "--recovery-file", key, *new_file(table))[0] == 0
    assert table.run("journal", "list", *with_new(table))[0] == 0
    assert table.run("journal", "recover", "--revoke", *with_new(table))[0] == 0
    assert table.run("journal", "recover", "--recovery-file", key, *new_file(table))[0] == 4


@pytest.mark.parametrize(
    "command",
    [
        ("recover", "--make"),
        ("recover", "--recovery-file"),
        ("backup",),
        ("restore",),
        ("import",),
        ("leave",),
        ("export", "--to"),
        ("list", "--passphrase-file"),
    ],
    ids=" ".join,
)
def test_a_place_where_there_can_be_no_file_is_told(table: Table, command: tuple[str, ...]) -> None:
    status, _, told = table.run("journal", *command, "k" * 300)
    assert status == 2
    assert words("errors.no_place") in told


def test_new_keys_for_rooms_from_the_command_line(table: Table) -> None:
    before = table.tree()
    assert table.run("journal", "rekey", *ben(table))[0] == 0
    changed = {name for name, data in table.tree().items() if before.get(name) != data}
    assert "keys/shared.age" in changed
    assert table.run("journal", "rekey", "--own", *ben(table))[0] == 0
    for files in (ana(table), ben(table), table.files):
        assert table.run("journal", "list", *files)[0] == 0


def test_leaving_from_the_command_line(table: Table, type_in: functools.partial[None]) -> None:
    type_in(SECRET)
    assert table.run("journal", "note", *ana(table))[0] == 0
    before = table.tree()
    target = table.home / "away"
    status, out, err = table.run("journal", "leave", str(target), *ana(table))
    assert (status, err) == (0, "")
    assert "now: 1," in out
    assert table.tree() == before
    assert table.run("journal", "leave", str(table.home / "journal"), *ana(table))[0] == 2


def test_keys_where_there_is_no_journal(bare: Table) -> None:
    for command in (["passphrase"], ["rekey"], ["rekey", "--own"], ["leave", "x"]):
        assert bare.run("journal", *command, *ana(bare))[0] == 2


def a_talk(table: Table) -> str:
    """The id of a dialogue that both keep whole; what Ana said first stands in it."""
    from datetime import UTC, datetime

    from imago_tui.journal.entry import Turn
    from tests.journal.people import ANA, BEN, finished

    with Journal.open(table.home / "journal", [PASSPHRASES[0]]) as journal:
        entry = finished(journal, datetime(2026, 11, 22, 20, 15, tzinfo=UTC))
        guess = Turn(5, "empathize", BEN, ANA, "You must feel lonely there.", aloud=False)
        kept = journal.save(replace(entry, turns=(*entry.turns, guess)))
        journal.write_index()
    return kept.id


def test_copied_lost_and_brought_back(table: Table) -> None:
    id_ = a_talk(table)
    stick = table.home / "stick"
    status, out, err = table.run("journal", "backup", str(stick), *ana(table))
    assert (status, err) == (0, "")
    assert str(stick) in out
    assert "No copy is kept beside the journal yet" in out
    status, out, _ = table.run("journal", "backup", *ben(table))
    assert (status, "Copies kept beside the journal: 1" in out) == (0, True)
    status, _, err = table.run("journal", "restore", str(stick))
    assert (status, "nothing was changed" in err) == (2, True)
    shutil.rmtree(table.home / "journal")
    assert table.run("journal", "list", *ana(table))[0] == 2
    assert table.run("journal", "restore", str(stick))[0] == 0
    assert table.shown(id_)["turns"][0]["text"] == "The dishes"
    shutil.rmtree(table.home / "journal")
    assert table.run("journal", "restore")[0] == 0
    assert table.shown(id_)["id"] == id_


def test_looked_at(table: Table) -> None:
    id_ = a_talk(table)
    status, out, err = table.run("journal", "verify", *ana(table))
    assert (status, err) == (0, "")
    assert "1 entry is whole" in out
    file = table.home / "journal" / "entries" / f"{id_}.age"
    file.write_bytes(file.read_bytes()[:-1])
    status, out, err = table.run("journal", "verify", *ana(table))
    assert (status, f"entries/{id_}.age" in err) == (5, True)
    status, out, err = table.run("journal", "verify", "--own", *ben(table))
    assert (status, err) == (0, "")


def test_taken_away(table: Table) -> None:
    id_ = a_talk(table)
    assert table.run("journal", "delete", id_, *ana(table))[0] == 4
    assert table.run("journal", "delete", id_, "--own-words", *table.files)[0] == 2
    status, out, _ = table.run("journal", "delete", id_, "--own-words", *ana(table))
    assert (status, "out of our reach" in out) == (0, True)
    assert table.shown(id_)["turns"][1] == {
        "n": 2,
        "step": "send",
        "who": "Ana",
        "about": "Ana",
        "text": None,
        "aloud": False,
    }
    assert "Ana: …" in table.run("journal", "show", id_, "--print", *ana(table))[1]
    assert table.run("journal", "delete", id_[:8], *table.files)[0] == 0
    assert table.listed() == []
    assert table.run("journal", "delete", id_, *table.files)[0] == 2


def test_taken_away_from_ones_own_room(table: Table, type_in: functools.partial[None]) -> None:
    type_in(SECRET)
    table.run("journal", "note", *ana(table))
    (row,) = json.loads(table.run("journal", "list", "--own", "--json", *ana(table))[1])
    assert table.run("journal", "delete", row["id"], "--own", *ben(table))[0] == 2
    assert table.run("journal", "delete", row["id"], "--own", *ana(table))[0] == 0
    assert table.run("journal", "list", "--own", "--json", *ana(table))[1] == "[]\n"


def test_out_and_in_again(table: Table, tmp_path: Path) -> None:
    id_ = a_talk(table)
    shown = table.shown(id_)
    out = tmp_path / "all.json"
    status, said, err = table.run(
        "journal", "export", "--as", "json", "--to", str(out), *table.files
    )
    assert (status, err) == (0, "")
    assert "now: 1." in said
    assert json.loads(out.read_text())["entries"] == [shown]
    table.run("journal", "delete", id_, *table.files)
    assert table.run("journal", "import", str(out), *ben(table))[0] == 0
    assert table.shown(id_) == shown
    status, said, _ = table.run("journal", "import", str(out), *ben(table))
    assert "came in: 0; here already: 1" in said
    for form in ("markdown", "html", "json"):
        alone = tmp_path / form
        command = ["journal", "export", id_[:8], "--as", form, "--to", str(alone)]
        status, _, err = table.run(*command, *ben(table))
        assert (status, "were left out" in err) == (0, True)
        assert "invisible" not in alone.read_text()
        assert table.run(*command, *ben(table))[0] == 2


def test_for_a_therapist(table: Table, tmp_path: Path) -> None:
    a_talk(table)
    _, shown, _ = table.run("journal", "export", "--as", "packet", *ana(table))
    assert shown.splitlines()[0].endswith("The dishes")
    place = tmp_path / "packet"
    to = ["--as", "packet", "--to", str(place)]
    assert table.run("journal", "export", *to, "--strike", "9", *ana(table))[0] == 2
    assert table.run("journal", "export", *to, "--seal-to", "age1x", *ana(table))[0] == 2
    assert not place.exists()
    assert table.run("journal", "export", *to, "--strike", "1", *ana(table))[0] == 0
    assert "dishes" not in place.read_text()
    assert "Wash up together" in place.read_text()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--strike", "1"], "--as packet"),
        (["--as", "json", "--strike", "1"], "--as packet"),
        (["--as", "html", "--strike", "9"], "--as packet"),
        (["--as", "book", "--year", "2026", "--strike", "1"], "--as packet"),
        (["--year", "2026"], "--as book"),
        (["--as", "packet", "--year", "2026"], "--as book"),
        (["--seal-to", ""], "age1"),
    ],
)
def test_what_a_form_cannot_do_is_said_and_nothing_leaves(
    options: list[str], told: str, table: Table, tmp_path: Path
) -> None:
    a_talk(table)
    to = ["--to", str(tmp_path / "out")]
    status, out, err = table.run("journal", "export", *options, *to, *table.files)
    assert (status, out, told in err) == (2, "", True)
    assert not (tmp_path / "out").exists()


def test_the_lines_of_a_packet_are_shown_as_they_would_leave(table: Table) -> None:
    a_talk(table)
    look = ["journal", "export", "--as", "packet", *ana(table)]
    for options in (["--seal-to", "nonsense"], ["--strike", "99"], ["--strike", "0"]):
        status, out, err = table.run(*look, *options)
        assert (status, out, bool(err)) == (2, "", True)
    before = table.run(*look)[1].splitlines()
    status, out, _ = table.run(*look, "--strike", "1")
    after = out.splitlines()
    assert (status, "dishes" in after[0], "left out" in after[0]) == (0, False, True)
    assert after[1:] == before[1:]


def test_what_a_packet_lacks_is_said_where_it_is_looked_at(table: Table) -> None:
    a_talk(table)
    with Journal.open(table.home / "journal", PASSPHRASES) as journal:
        journal.save(sealed(journal, NOW))
        damaged = journal.save(finished(journal, NOW)).id
        journal.write_index()
    look = ["journal", "export", "--as", "packet"]
    status, out, err = table.run(*look, *ana(table))
    assert (status, "only with both passphrases was left out" in err) == (0, True)
    path = table.home / "journal" / "entries" / f"{damaged}.age"
    path.write_bytes(path.read_bytes()[:-1])
    status, again, err = table.run(*look, *table.files)
    assert (status, damaged in err, "left out" in err) == (5, True, False)
    assert again.splitlines()[0] == out.splitlines()[0]
    status, out, err = table.run(*look, "--since", "2027-01-01", *table.files)
    assert (status, out, damaged in err) == (5, "", True)


def test_a_book_needs_both(table: Table, tmp_path: Path) -> None:
    a_talk(table)
    to = ["--as", "book", "--to", str(tmp_path / "book.html")]
    assert table.run("journal", "export", *to, *table.files)[0] == 2
    assert table.run("journal", "export", *to, "--year", "2026", *ana(table))[0] == 4
    assert table.run("journal", "export", *to, "--year", "2026", *table.files)[0] == 0
    assert "Ana and Ben, 2026" in (tmp_path / "book.html").read_text()


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--since", "2026-11-22", "--until", "2026-11-22"], 1),
        (["--since", "2026-11-23"], 0),
        (["--exercise", "dialogue", "--topic", "DISHES"], 1),
        (["--exercise", "silly"], 0),
        (["--topic", "money"], 0),
        (["--state", "done"], 1),
        (["--state", "together"], 0),
        (["--feeling", "sad"], 1),
        (["--feeling", "angry"], 0),
    ],
)
def test_choosing(options: list[str], found: int, table: Table) -> None:
    a_talk(table)
    for command in (["list"], ["search", "invisible"]):
        _, out, _ = table.run("journal", *command, *options, "--json", *ana(table))
        assert len(json.loads(out)) == found


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--since", "yesterday"], "2026-11-22"),
        (["--state", "don"], "Did you mean done"),
        (["--feeling", "sat"], "Did you mean sad"),
        (["--feeling", "x\x1b[2J"], "ashamed, tired"),
        (["--own", "--feeling", "sad"], "your own room"),
    ],
)
def test_what_cannot_be_chosen(options: list[str], told: str, table: Table) -> None:
    status, out, err = table.run("journal", "list", *options, *ana(table))
    assert (status, out, told in err, "\x1b" in err) == (2, "", True, False)


def test_what_is_about_closeness_stands_without_a_title(table: Table) -> None:
    id_ = a_talk(table)
    status, out, _ = table.run("journal", "topic", id_[:6], "intimacy", *ben(table))
    assert (status, "without a title" in out) == (0, True)
    for command in (["list"], ["list", "--json"], ["search", "invisible", "--json"]):
        status, out, _ = table.run("journal", *command, *ana(table))
        assert (status, id_ in out or id_[:6] in out, "dishes" in out.lower()) == (
            0,
            True,
            command[0] == "search",  # of the words that were looked for, not of the title
        ), command
    assert table.run("journal", "list", "--topic", "dishes", "--json", *ana(table))[1] == "[]\n"
    _, out, _ = table.run("journal", "show", id_, *ana(table))
    assert "The dishes" in out
    status, _, err = table.run("journal", "topic", id_, "intimcy", *ana(table))
    assert (status, "Did you mean intimacy" in err) == (2, True)
    assert table.run("journal", "topic", id_, "none", *ana(table))[0] == 0
    assert "The dishes" in table.run("journal", "list", *ana(table))[1]


def test_nothing_to_give_out(table: Table, tmp_path: Path) -> None:
    to = ["--to", str(tmp_path / "x")]
    assert table.run("journal", "export", *to, *table.files)[0] == 2
    assert table.run("journal", "export", *table.files)[0] == 2
    assert table.run("journal", "import", str(tmp_path / "none"), *table.files)[0] == 2
    assert not (tmp_path / "x").exists()

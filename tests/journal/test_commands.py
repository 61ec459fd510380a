"""The commands around the journal, as people and programs run them."""

from __future__ import annotations

import functools
import io
import json
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from imago_tui.journal import change, join, kdf, opening, own, setup
from imago_tui.journal.store import Journal
from tests.plain.table import PASSPHRASES, Table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True, scope="module")
def _each_key_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module in (opening, own, join, change, setup):
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
    status, out, _ = bare.run("setup", *one, "--partner", "Ben", *ben(bare))
    assert (status, "opens to nobody else" in out) == (0, True)
    assert bare.run("journal", "list", "--json", *bare.files) == (0, "[]\n", "")
    assert bare.run("journal", "list", "--own", "--json", *ben(bare)) == (0, "[]\n", "")
    (row,) = json.loads(bare.run("journal", "list", "--own", "--json", *ana(bare))[1])
    assert row["room"] == "private"
    status, _, err = bare.run("setup", *one, "--partner", "Ben", *ben(bare))
    assert (status, "nothing was changed" in err) == (2, True)

"""The few lines of each dialogue that the index holds, and those it never does."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from imago_tui.journal import index_file
from imago_tui.journal.broken import Broken
from imago_tui.journal.entry import Agreement, Turn
from imago_tui.journal.index import Index
from imago_tui.journal.keepsakes import AGREED, STEPS, THEME
from tests.journal.people import ANA, BEN, finished, running, sealed

if TYPE_CHECKING:
    from datetime import datetime

    from imago_tui.journal.entry import Entry
    from imago_tui.journal.store import Journal

LINE = "When I go quiet I am not gone."


def with_lines(entry: Entry, line: str = LINE) -> Entry:
    turns = (
        *entry.turns,
        Turn(5, "remember", ANA, ANA, line, aloud=False),
        Turn(6, "empathize", BEN, ANA, "You feel alone.", aloud=False),
        Turn(7, "appreciate", BEN, BEN, None, aloud=True),
    )
    return replace(entry, turns=turns)


def index_of(journal: Journal) -> bytes:
    """What the index would be on the disk, before it is sealed."""
    journal.write_index()
    catalogue = journal._shelf._opened
    assert catalogue is not None
    return catalogue.index.serialize()


def test_what_people_come_back_for_is_there_without_opening_an_entry(
    ana: Journal, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = ana.save(with_lines(replace(finished(ana, now), theme="household")))
    ana.write_index()
    monkeypatch.setattr(ana._shelf.room, "read", None)
    found = ana.keepsakes()
    assert {one.id for one in found} == {kept.id}
    assert [(one.step, one.who, one.said) for one in found] == [
        (THEME, "", "household"),
        ("remember", ANA, LINE),
        ("empathize", BEN, "You feel alone."),
        (AGREED, BEN, "Wash up together"),
    ]
    assert "send" not in STEPS
    assert "mirror" not in STEPS


def test_nothing_is_held_of_what_both_keys_open_or_no_list_shows_or_is_not_finished(
    both: Journal, now: datetime
) -> None:
    for entry in (
        sealed(both, now),
        replace(finished(both, now), theme="intimacy"),
        running(both, now),
    ):
        both.save(with_lines(entry, "A line of nobody's concern."))
    assert both.keepsakes() == []
    assert b"nobody's concern" not in index_of(both)
    assert b"Wash up" not in index_of(both)


def test_what_goes_leaves_no_mark(both: Journal, now: datetime) -> None:
    gone = both.save(with_lines(finished(both, now), "The first of all lines."))
    changed = both.save(with_lines(finished(both, now), "The second of all lines."))
    stays = both.save(with_lines(finished(both, now)))
    assert b"of all lines" in index_of(both)
    both.remove(gone.id)
    both.take_out(changed.id, 0)
    assert b"of all lines" not in index_of(both)
    assert {one.id for one in both.keepsakes() if one.said == LINE} == {stays.id}
    both.save(replace(stays, agreements=(Agreement("A walk", ANA),), turns=()))
    assert [one.said for one in both.keepsakes() if one.id == stays.id] == ["A walk"]


def test_an_index_from_before_is_filled_once_more_and_forgets_nothing_it_knew(
    both: Journal, now: datetime
) -> None:
    kept = both.save(with_lines(finished(both, now)))
    kept = both.save(kept)
    before = sqlite3.connect(":memory:", isolation_level=None)
    before.deserialize(index_of(both))
    before.execute("DROP TABLE keepsakes")
    index = Index("shared", before.serialize(), 3)
    known = index.known_one(kept.id)
    assert known is not None
    assert known.revision == kept.revision
    assert index.changed
    assert index.keepsakes() == []
    index.put(kept, (1, 2, 3), known)
    assert [one.said for one in index.keepsakes() if one.step == "remember"] == [LINE]
    again = index_file.parse(index_file.compose(index), "shared")
    assert len(again.keepsakes()) == len(index.keepsakes())


@pytest.mark.parametrize("column", ["step", "who", "about", "said", "until"])
def test_an_index_with_rows_of_another_kind_is_thrown_away(
    both: Journal, now: datetime, column: str
) -> None:
    both.save(with_lines(finished(both, now)))
    hostile = sqlite3.connect(":memory:", isolation_level=None)
    hostile.deserialize(index_of(both))
    Index("shared", hostile.serialize())
    hostile.execute(f"UPDATE keepsakes SET {column} = x'ff00'")  # noqa: S608  one of those above
    with pytest.raises(Broken):
        Index("shared", hostile.serialize())


def test_an_index_from_before_that_would_run_something_runs_nothing(
    both: Journal, now: datetime
) -> None:
    both.save(with_lines(finished(both, now)))
    hostile = sqlite3.connect(":memory:", isolation_level=None)
    hostile.deserialize(index_of(both))
    hostile.execute("DROP TABLE keepsakes")
    hostile.execute(
        "CREATE TRIGGER t BEFORE UPDATE ON files BEGIN SELECT raise(ABORT, 'it ran'); END"
    )
    with pytest.raises(Broken) as broken:
        Index("shared", hostile.serialize())
    assert "it ran" not in str(broken.value.__cause__)


def test_words_are_found_alike_whichever_way_is_asked(both: Journal, now: datetime) -> None:
    ids = [both.save(finished(both, now, text=f"word{n} and more")).id for n in range(5)]
    both.save(sealed(both, now, text="word9 and more"))
    both.heads()
    for sought in ("word", "word3", "more wo", "", "nothing", '"', "word9"):
        assert both.matching(sought) == {one.id for one in both.search(sought)}, sought
    both.remove(ids[0])
    assert ids[0] not in both.matching("word")

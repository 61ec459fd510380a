from __future__ import annotations

import os
import time
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from imago_tui.journal import age, atomic, catalogue, index_file, strict_json, tables, tokens
from imago_tui.journal.broken import Broken
from imago_tui.journal.filters import Filter
from imago_tui.journal.index import Index
from imago_tui.journal.opening import Opened
from imago_tui.journal.store import Journal
from tests.journal.people import ANA, file_of, finished, running, sealed, told_by

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path


@pytest.fixture
def opened_files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that are decrypted from now on."""
    names: list[str] = []
    before = age.unseal

    def unseal(data: bytes, identities: Any, name: str) -> bytes:
        names.append(name)
        return before(data, identities, name)

    monkeypatch.setattr(age, "unseal", unseal)
    return names


@pytest.fixture
def again(folder: Path, template: tuple[Path, Opened]) -> Callable[[], Journal]:
    """Opens the journal anew, as another start of the program would."""
    return lambda: Journal(folder, template[1])


def test_a_list_opens_the_index_alone_while_nothing_changed(
    both: Journal,
    again: Callable[[], Journal],
    folder: Path,
    now: datetime,
    opened_files: list[str],
) -> None:
    kept = [both.save(finished(both, now + timedelta(days=day))) for day in range(20)]
    both.write_index()
    opened_files.clear()
    with again() as journal:
        assert [head.id for head in journal.heads().heads] == [one.id for one in reversed(kept)]
        (index,) = folder.glob("index-*.age")
        assert opened_files == [index.name]
        changed = journal.save(replace(kept[3], topic="New"))
        opened_files.clear()
        assert "New" in [head.topic for head in journal.heads().heads]
        assert opened_files == [f"entries/{changed.id}.age"]


def test_a_search_looks_at_the_files_again_only_when_one_came_or_went(
    both: Journal, ana: Journal, folder: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Path] = []
    scan = catalogue.scan

    def look(entries: Path) -> dict[str, Any]:
        looked.append(entries)
        return scan(entries)

    monkeypatch.setattr(catalogue, "scan", look)
    both.save(finished(both, now))
    entries = folder / "entries"
    for _ in range(3):
        assert len(both.search("dishes")) == 1
    assert len(looked) == 3  # what changed just now may have changed again
    os.utime(entries, ns=(0, time.time_ns() - 60_000_000_000))
    for _ in range(3):
        assert len(both.search("dishes")) == 1
    assert len(looked) == 4
    ana.save(finished(ana, now))
    assert len(both.search("dishes")) == 2
    # A clock that was set back: better to look again.
    os.utime(entries, ns=(0, time.time_ns() + 60_000_000_000))
    looked.clear()
    for _ in range(3):
        both.search("dishes")
    assert len(looked) == 3


def test_files_of_another_room_are_tried_once(
    both: Journal,
    again: Callable[[], Journal],
    folder: Path,
    now: datetime,
    opened_files: list[str],
) -> None:
    both.save(finished(both, now))
    other = age.new_identity().to_public()
    for n in range(10):
        file_of(folder, f"{n:016x}").write_bytes(age.seal(b"{}" * 2000, [other]))
    (folder / "index-00000000000000aa.age").write_bytes(age.seal(b"{}" * 2000, [other]))
    both.write_index()
    opened_files.clear()
    with again() as journal:
        listing = journal.heads()
        assert len(listing.heads) == 1
        assert listing.damaged == []
        assert not [name for name in opened_files if name.startswith("entries/")]
        report = journal.verify()
        assert (report.good, report.damaged, report.strange) == (1, [], [])
        journal.write_index()
    assert (folder / "index-00000000000000aa.age").exists()


def test_of_an_index_that_no_key_here_opens_only_the_first_bytes_are_read(
    both: Journal,
    again: Callable[[], Journal],
    folder: Path,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = both.save(finished(both, now))
    both.write_index()
    (ours,) = folder.glob("index-*.age")
    other = age.seal(b"x" * (1 << 20), [age.new_identity().to_public()])
    junk = [other, age.MAGIC + b"x" * (1 << 20), age.MAGIC + b"\n--- " + b"x" * (1 << 20)]
    for n, data in enumerate([*junk, bytes(1 << 20)]):
        (folder / f"index-{n:016x}.age").write_bytes(data)
    took: dict[int, int] = {}
    read_all = atomic.read_all

    def counted(fd: int, most: int) -> bytes:
        data = read_all(fd, most)
        took[os.fstat(fd).st_ino] = took.get(os.fstat(fd).st_ino, 0) + len(data)
        return data

    monkeypatch.setattr(atomic, "read_all", counted)
    with again() as journal:
        assert [head.id for head in journal.heads().heads] == [kept.id]
    for path in folder.glob("index-*.age"):
        read = took[path.stat().st_ino]
        assert read > path.stat().st_size if path == ours else read <= 2 * age.MOST_HEAD, path.name


def test_an_index_that_is_lost_or_damaged_is_made_anew(
    both: Journal, again: Callable[[], Journal], folder: Path, now: datetime
) -> None:
    kept = both.save(finished(both, now))
    both.write_index()
    (path,) = folder.glob("index-*.age")
    whole = path.read_bytes()
    for data in (b"", whole[:-1], whole[:300], os.urandom(5000), None):
        if data is None:
            path.unlink()
        else:
            path.write_bytes(data)
        with again() as journal:
            assert [head.id for head in journal.heads().heads] == [kept.id]
            assert [found.id for found in journal.search("dishes")] == [kept.id]


def seal_index(journal: Journal, folder: Path, text: bytes) -> None:
    for path in folder.glob("index-*.age"):
        path.unlink()
    recipient = journal._company.shared.identities[0].to_public()
    (folder / "index-00000000000000aa.age").write_bytes(age.seal(text, [recipient]))


def trap(statement: str) -> bytes:
    """An index whose database does something by itself."""
    index = Index("shared")
    index._db.execute(statement)
    return index_file.compose(index)


def header(**changes: object) -> bytes:
    """The first line of an index."""
    info = {"schema": 1, "kind": "index", "room": "shared", "generation": 1, "size": 9}
    return strict_json.dumps(info | changes) + b"\n"


ROW = "INSERT INTO files (id, kind, size, mtime_ns, inode, revision, started)"
HOSTILE = {
    "no header": b"x" * 5000,
    "header alone": header(size=0),
    "no database": header() + b"x" * 9,
    "size below zero": header(size=-5),
    "size beyond the end": header(size=1 << 60),
    "size a text": header(size="9"),
    "generation a yes": header(generation=True),
    "endless generation": b'{"generation":' + b"9" * 900 + b"}\n",
    "another room": index_file.compose(Index("private")),
    "a trigger": trap("CREATE TRIGGER t AFTER INSERT ON files BEGIN DELETE FROM files; END"),
    "a view": trap("CREATE VIEW v AS SELECT 1"),
    "a table more": trap("CREATE TABLE more (x)"),
    "a table less": trap("DROP TABLE words"),
    "no id": trap(f"{ROW} VALUES ('../x', 'dialogue', 1, 1, 1, 1, NULL)"),
    "no size": trap(f"{ROW} VALUES ('0000000000000001', 'dialogue', 'big', 1, 1, 1, NULL)"),
    "no kind": trap(f"{ROW} VALUES ('0000000000000001', NULL, 1, 1, 1, 1, NULL)"),
    "no time": trap(f"{ROW} VALUES ('0000000000000001', 'unknown', 1, 1, 1, 1, 'soon')"),
    "no dialogue": trap("INSERT INTO words (rowid, terms) VALUES (77, 'dishes')"),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_index_is_thrown_away(
    text: bytes, both: Journal, again: Callable[[], Journal], folder: Path, now: datetime
) -> None:
    kept = both.save(finished(both, now))
    seal_index(both, folder, text)
    with again() as journal:
        assert [head.id for head in journal.heads().heads] == [kept.id]
        journal.save(finished(journal, now))
        journal.write_index()
    with again() as journal:
        assert len(journal.heads().heads) == 2
        assert journal.verify().good == 2


def test_a_database_damaged_at_any_page_never_ends_in_a_traceback(
    both: Journal, now: datetime
) -> None:
    for day in range(30):
        both.save(finished(both, now + timedelta(days=day)))
    both.heads()
    database = both._shelf._catalogue().index.serialize()
    for at in range(0, len(database), 97):
        inverted = bytes(byte ^ 0xFF for byte in database[at : at + 8])
        damaged = database[:at] + inverted + database[at + 8 :]
        try:
            index = Index("shared", damaged)
            list(index.heads())
            index.search("dishes", 10)
            index.known()
            index.troubles()
        except Broken:
            continue


def test_a_newer_index_is_left_as_it_is(
    both: Journal, again: Callable[[], Journal], folder: Path, now: datetime
) -> None:
    seal_index(both, folder, b'{"schema":99,"kind":"index","something":"else"}\n' + b"x" * 5000)
    (path,) = folder.glob("index-*.age")
    before = path.read_bytes()
    with again() as journal:
        kept = journal.save(finished(journal, now))
        journal.write_index()
        assert [head.id for head in journal.heads().heads] == [kept.id]
    assert [one.read_bytes() for one in folder.glob("index-*.age")] == [before]


def test_two_indexes_of_one_room_become_one(
    both: Journal, again: Callable[[], Journal], folder: Path, now: datetime
) -> None:
    both.save(finished(both, now))
    both.write_index()
    (path,) = folder.glob("index-*.age")
    old = path.read_bytes()
    both.save(finished(both, now))
    both.write_index()
    (folder / "index-0000000000000000.age").write_bytes(old)
    with again() as journal:
        assert len(journal.heads().heads) == 2
        journal.write_index()
    assert [one.name for one in folder.glob("index-*.age")] == [path.name]


def test_what_another_program_indexed_meanwhile_is_not_written_over(
    both: Journal, again: Callable[[], Journal], folder: Path, now: datetime
) -> None:
    first = both.save(finished(both, now))
    both.write_index()
    with again() as other:
        other.heads()
        both.remove(first.id)
        kept = other.save(finished(other, now, text="quince"))
        other.write_index()
    with again() as journal:
        listing = journal.heads()
        assert [head.id for head in listing.heads] == [kept.id]
        assert listing.damaged == []
    assert len(list(folder.glob("index-*.age"))) == 1


# Searching


SAID = {
    "english": "On Sunday I felt invisible, naïve even.",
    "chinese": "我们昨天吵架了\uff0c我觉得很孤独。",
    "japanese": "昨日はとても寂しかったです。カタカナ",
    "korean": "어제 나는 외로웠어요",
    "arabic": "شَعَرْتُ بِالوَحْدَةِ يوم الأحد",
    "hebrew": "הרגשתי לבד ביום ראשון",
    "hindi": "मुझे अकेलापन महसूस हुआ",
    "emoji": "hug🤗me 👩‍🚀 ❤️",
    "greek": "Ένιωσα ΜΌΝΟΣ",
    "german": "Straße und Füße",
}
ASKED = [
    ("invisible", "english"),
    ("INVIS", "english"),
    ("naive", "english"),
    ("naïve", "english"),
    ("sunday felt", "english"),
    ("felt, (sunday)", "english"),
    ("昨天", "chinese"),
    ("吵架", "chinese"),
    ("很孤独", "chinese"),
    ("架", "chinese"),
    ("独", "chinese"),
    ("寂しかった", "japanese"),
    ("カタ", "japanese"),
    ("외로웠", "korean"),
    ("شعرت", "arabic"),
    ("الأحد", "arabic"),
    ("לבד", "hebrew"),
    ("अकेलापन", "hindi"),
    ("🤗", "emoji"),
    ("❤", "emoji"),
    ("hug", "emoji"),
    ("μόνος", "greek"),
    ("strasse", "german"),
    ("fusse", "german"),
]


@pytest.fixture
def spoken(both: Journal, now: datetime) -> Journal:
    """A journal with a dialogue in each of many scripts."""
    for topic, text in SAID.items():
        both.save(finished(both, now, text=text, topic=topic))
    return both


def test_words_are_found_in_every_script(spoken: Journal) -> None:
    for words, topic in ASKED:
        assert [found.topic for found in spoken.search(words)] == [topic], words


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        '"',
        '""" OR "x',
        "NEAR(sunday, 1)",
        "sunday OR nothing",
        "NOT sunday",
        "topic:sunday",
        "terms : sunday",
        "^sunday",
        "sunday*  -felt",
        "-",
        "(",
        "')); DROP TABLE files; --",
        "\0",
        "sun\0day",
        "x" * 10_240,
        "sunday " * 2000,
        "\ud800",
        "\x1b[2J\u202e",
        "_",
        "%",
        "天昨",
        "🦄",
        "\u0301",
        "\N{ZERO WIDTH JOINER}",
    ],
)
def test_hostile_search_words(words: str, spoken: Journal) -> None:
    found = spoken.search(words)
    assert len(found) <= 1
    assert len(spoken.heads().heads) == len(SAID)


def test_one_letter_is_a_word_and_two_are_the_beginning_of_one(spoken: Journal) -> None:
    assert [found.topic for found in spoken.search("i")] == ["english"]
    assert spoken.search("v") == []
    assert [found.topic for found in spoken.search("in")] == ["english"]
    assert [found.topic for found in spoken.search("felt i")] == ["english"]


def test_what_a_search_says(spoken: Journal, now: datetime) -> None:
    (found,) = spoken.search("invisible")
    assert found.to_json() == {
        "id": found.id,
        "topic": "english",
        "started": now.isoformat(),
        "snippet": "On Sunday I felt invisible, naïve even.",
    }
    kept = spoken.save(finished(spoken, now, text="a " * 500 + "quince" + " b" * 500))
    (found,) = spoken.search("quinc")
    assert found.id == kept.id
    assert "quince" in found.snippet
    assert len(found.snippet) < 200


def test_agreements_and_topics_are_found_but_no_names_and_nothing_unfinished(
    both: Journal, now: datetime
) -> None:
    kept = both.save(finished(both, now, topic="Grandmother"))
    both.save(running(both, now, text="quince"))
    both.save(sealed(both, now, text="quince"))
    assert [found.id for found in both.search("wash grandmother")] == [kept.id]
    assert both.search(ANA) == []
    assert both.search("quince") == []


def test_newest_first_and_not_without_end(both: Journal, now: datetime) -> None:
    for day in range(12):
        both.save(finished(both, now + timedelta(days=day), topic=str(day)))
    assert [found.topic for found in both.search("dishes", most=5)] == ["11", "10", "9", "8", "7"]


def words_in_index(journal: Journal, folder: Path) -> bytes:
    (path,) = folder.glob("index-*.age")
    return age.unseal(path.read_bytes(), journal._company.shared.identities, path.name)


def test_words_that_are_taken_out_leave_the_index(
    both: Journal, again: Callable[[], Journal], folder: Path, now: datetime
) -> None:
    kept = both.save(finished(both, now, text="quincequince"))
    other = both.save(finished(both, now, text="medlarmedlar"))
    third = both.save(finished(both, now, text="sorbussorbus"))
    both.write_index()
    for word in (b"quincequince", b"medlarmedlar", b"sorbussorbus"):
        # Not its beginning: FTS5 leaves out what the word before begins with.
        assert word[4:] in words_in_index(both, folder)
    both.remove(kept.id)
    assert b"cequince" not in words_in_index(both, folder)
    with again() as journal:
        journal.save(replace(journal.load(other.id), turns=()))
        journal.write_index()
        assert b"armedlar" not in words_in_index(both, folder)
        # Changed behind our back: what stood in it is not known, so all is read anew.
        changed = replace(third, turns=(), revision=9)
        from imago_tui.journal import codec

        file_of(folder, third.id).write_bytes(codec.encode(changed, journal._shelf.room._keys))
        journal.write_index()
        assert b"ussorbus" not in words_in_index(both, folder)
        assert len(journal.heads().heads) == 2
        assert len(journal.search("wash")) == 2


def test_terms_keep_every_letter_somewhere() -> None:
    text = "".join(SAID.values())
    kept = set("".join(tokens.terms(text).split()))
    for letter in tokens.plain(text):
        if letter.isalnum():
            assert letter in kept


def test_an_sqlite_that_cannot_search_says_so_and_all_else_works(
    both: Journal,
    again: Callable[[], Journal],
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = both.save(finished(both, now))
    both.write_index()
    with monkeypatch.context() as patched:
        patched.setattr(tables, "WORDS", "CREATE VIRTUAL TABLE words USING nothing (terms)")
        with again() as journal:
            for look in (journal.search, journal.matching):
                told = told_by(partial(look, "dishes"))
                assert told is not None
                assert (told.status, "FTS5" in told.message) == (2, True)
            second = journal.save(finished(journal, now + timedelta(days=1)))
            third = journal.save(finished(journal, now + timedelta(days=2)))
            journal.write_index()
            journal.remove(third.id)
            assert [head.id for head in journal.heads().heads] == [second.id, first.id]
            assert len(journal.keepsakes()) > 0
            assert journal.verify().damaged == []
    with again() as journal:
        assert [one.id for one in journal.search("dishes")] == [second.id, first.id]


def test_all_that_is_found_is_found(both: Journal, now: datetime) -> None:
    with both.writing():
        for day in range(201):
            both.save(finished(both, now + timedelta(days=day)))
    assert len(both.search("dishes")) == 201
    assert len(both.search("dishes", wanted=Filter(state="done"))) == 201
    assert len(both.search("dishes", 3, Filter(state="done"))) == 3

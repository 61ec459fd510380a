"""What leaves the journal and comes back: whose words, in what form, and where it may go."""

from __future__ import annotations

import json
import shutil
import stat
import subprocess
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from imago_tui.errors import ImagoError
from imago_tui.journal import age
from imago_tui.journal.entry import Head, Turn
from imago_tui.journal.filters import Filter
from imago_tui.journal.ownership import readable_by
from imago_tui.journal.store import Journal
from imago_tui.outgoing import book, bringing, files, json_form, markdown, packet, page
from imago_tui.paths import copies_of
from tests.journal.people import ANA, BEN, SENT, everything, finished, sealed, talk

if TYPE_CHECKING:
    from imago_tui.journal.entry import Entry

NOW = datetime(2026, 11, 22, 20, 15, tzinfo=UTC)
HOSTILE = (
    "<script>alert(1)</script> # *not* `bold` [x](javascript:1)\n1. \x1b[31m\u202e & żółć 日本語"
)


def both_spoke(journal: Journal, now: datetime) -> Entry:
    """A dialogue with words about each of them."""
    more = (
        Turn(5, "thanks", BEN, BEN, "Thank you for asking.", aloud=False),
        Turn(6, "remember", ANA, ANA, HOSTILE, aloud=False),
        Turn(7, "appreciate", BEN, BEN, "Your patience.", aloud=False),
    )
    return replace(finished(journal, now), turns=(*talk(), *more))


@pytest.fixture
def kept(both: Journal) -> list[Entry]:
    made = [
        both_spoke(both, NOW),
        sealed(both, NOW + timedelta(days=1), topic="Ours"),
        replace(finished(both, NOW + timedelta(days=2)), kept="outcome", turns=()),
    ]
    return [both.load(both.save(one).id) for one in made]


def round_trip(entries: list[Entry], names: tuple[str, ...] = (ANA, BEN)) -> list[Entry]:
    return json_form.parse(json.dumps(json_form.compose(entries, names)).encode())


def test_json_goes_out_and_comes_in_without_loss(
    kept: list[Entry], tmp_path: Path, template: tuple[Path, object]
) -> None:
    folder = Path(shutil.copytree(template[0], tmp_path / "fresh"))
    with Journal(folder, template[1]) as fresh:  # type: ignore[arg-type]
        done = bringing.bring(fresh, round_trip(kept))
        assert (done.new, done.known, done.elsewhere) == (3, 0, 0)
        for entry in kept:
            assert replace(fresh.load(entry.id), revision=1) == replace(entry, revision=1)
        assert [one.id for one in fresh.search("invisible")] == [kept[0].id]
        again = bringing.bring(fresh, round_trip(kept))
        assert (again.new, again.known) == (0, 3)
        other = replace(kept[0], topic="Another")
        assert bringing.bring(fresh, [other]).new == 1
        assert fresh.load(kept[0].id).topic == kept[0].topic
        assert len(fresh.heads().heads) == 4


def test_others_words_do_not_come_in(both: Journal, kept: list[Entry], folder: Path) -> None:
    before = everything(folder)
    stranger = replace(kept[0], id="0" * 16, partners=(ANA, "Cleo"))
    with pytest.raises(ImagoError) as told:
        bringing.bring(both, [kept[1], stranger])
    assert told.value.status == 2
    assert everything(folder) == before


GOOD = {
    "kind": "imago-tui export",
    "schema": 1,
    "words_of": [ANA],
    "entries": [],
}


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"", 2),
        (b"[]", 2),
        (b'{"kind": "imago-tui export"}', 2),
        (json.dumps(GOOD | {"more": 1}).encode(), 2),
        (json.dumps(GOOD | {"schema": 2}).encode(), 5),
        (json.dumps(GOOD | {"entries": [{"id": "../../x"}]}).encode(), 2),
        (b'{"kind": "imago-tui export", "kind": "imago-tui export", "schema": 1}', 2),
        (b"[" * 10_000, 2),
        (b'{"a":' * 10_000, 2),
        (json.dumps(GOOD).replace("1", "NaN").encode(), 2),
    ],
)
def test_a_file_that_is_no_export_of_ours(data: bytes, status: int) -> None:
    with pytest.raises(ImagoError) as told:
        json_form.parse(data)
    assert told.value.status == status
    assert "../" not in told.value.message


def test_each_has_their_own_words_and_a_mirror_is_the_mirrored_ones(kept: list[Entry]) -> None:
    mine = readable_by(kept[0], frozenset({ANA}))
    assert [turn.text for turn in mine.turns if turn.about == ANA] == [
        turn.text for turn in kept[0].turns if turn.about == ANA
    ]
    assert [turn.text for turn in mine.turns if turn.about == BEN] == [None, None]
    theirs = readable_by(kept[0], frozenset({BEN}))
    assert {turn.text for turn in theirs.turns} == {None, "Thank you for asking.", "Your patience."}
    assert theirs.topic is None
    assert readable_by(kept[0], frozenset({ANA, BEN})) == kept[0]
    text = json.dumps(json_form.compose([theirs], [BEN])) + markdown.compose([theirs])
    assert SENT not in text + page.compose([theirs])
    assert "The dishes" not in text


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not {name for name, _ in attrs} & {"src", "href", "onclick"}

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_page_needs_nothing_else_and_obeys_nothing(kept: list[Entry]) -> None:
    for text in (page.compose(kept), book.compose(kept, 2026)):
        reader = Tags()
        reader.feed(text)
        assert not reader.tags & {"script", "img", "link", "iframe", "a"}
        assert "alert(1)" in reader.text
        assert "\x1b" not in text
        assert "default-src 'none'" in text
        assert "żółć 日本語" in text


def test_markdown_shows_words_as_they_are(kept: list[Entry]) -> None:
    text = markdown.compose(kept)
    assert r"\<script\>" in text
    assert r"\*not\*" in text
    assert r"> \1." in text
    assert "\x1b" not in text


def test_a_text_of_nothing_but_line_ends_takes_no_time() -> None:
    begun = time.process_time()
    assert markdown.plain("\n" * 500_000 + "- x") == "\n" * 500_000 + "\\- x"
    assert markdown.plain(" " * 500_000 + "1. x") == " " * 500_000 + "\\1. x"
    assert time.process_time() - begun < 2


def test_a_book_has_no_quarrels(kept: list[Entry]) -> None:
    text = book.compose(kept, 2026)
    assert "Your patience." in text
    assert "Thank you for asking." in text
    assert SENT not in text
    assert "Your patience." not in book.compose(kept, 2025)


def test_a_packet_is_chosen_line_by_line(kept: list[Entry]) -> None:
    lines = packet.lines_of(kept, [ANA])
    shown = packet.preview(lines)
    assert shown.startswith("1. ")
    assert len(shown.splitlines()) >= len(lines)
    whole = packet.compose(lines, [])
    assert "The dishes" in whole
    assert SENT not in whole
    assert "Your patience." not in whole
    assert "Wash up together" in whole
    at = next(n for n, line in enumerate(lines, 1) if line.text == "The dishes")
    every = {n for n, line in enumerate(lines, 1) if line.text == "The dishes"}
    assert at in every
    assert "The dishes" not in packet.compose(lines, every)
    assert "Wash up together" in packet.compose(lines, every)
    assert packet.preview([]) == "There is nothing that fits."


def test_a_file_goes_only_to_a_new_place_outside(both: Journal, tmp_path: Path) -> None:
    place = tmp_path / "out.md"
    files.write(place, b"words", both.folder)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    (tmp_path / "link").symlink_to(both.folder)
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    copies_of(both.folder).mkdir()
    before = everything(both.folder)
    for bad in (
        place,
        tmp_path / "dangling",
        both.folder / "x.md",
        both.folder / "entries" / "x.md",
        tmp_path / "link" / "x.md",
        copies_of(both.folder) / "x.md",
        tmp_path / "none" / "x.md",
        tmp_path / ("x" * 300),
    ):
        with pytest.raises(ImagoError) as told:
            files.write(bad, b"other", both.folder)
        assert told.value.status == 2
    assert place.read_bytes() == b"words"
    assert everything(both.folder) == before
    assert not (tmp_path / "nowhere").exists()


def test_sealed_to_a_therapist(tmp_path: Path) -> None:
    key = age.new_identity()
    data = files.sealed(b"words", f"{key.to_public()}\n")
    assert age.unseal(data, [key], "") == b"words"
    (tmp_path / "key").write_text(f"{key}\n")
    call = ["age", "-d", "-i", str(tmp_path / "key")]
    if shutil.which("age"):
        assert subprocess.run(call, input=data, capture_output=True, check=True).stdout == b"words"
    for bad in ("", "age1", str(key), "ssh-ed25519 AAAA"):
        with pytest.raises(ImagoError) as told:
            files.sealed(b"words", bad)
        assert told.value.status == 2
        assert "SECRET" not in told.value.message


# Choosing


def head(**changes: object) -> Head:
    usual = {
        "id": "0" * 16,
        "room": "shared",
        "exercise": "dialogue",
        "topic": "The Dishes, again",
        "started": NOW,
        "ended": NOW,
        "state": "done",
    }
    return Head(**(usual | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        (Filter(), True),
        (Filter(since=date(2026, 11, 22), until=date(2026, 11, 22)), True),
        (Filter(since=date(2026, 11, 23)), False),
        (Filter(until=date(2026, 11, 21)), False),
        (Filter(exercise="dialogue"), True),
        (Filter(exercise="dialog"), False),
        (Filter(topic="again dishes"), True),
        (Filter(topic="money"), False),
        (Filter(state="done"), True),
        (Filter(state="together"), False),
        (Filter(ids=frozenset({"0" * 16})), True),
        (Filter(ids=frozenset()), False),
    ],
)
def test_which_are_meant(wanted: Filter, *, fits: bool) -> None:
    assert wanted.fits(head()) == fits


def test_a_topic_that_nobody_may_see_does_not_fit() -> None:
    assert not Filter(topic="dishes").fits(head(topic=None))
    assert not Filter(topic="dishes").fits(head(state="unfinished"))


def test_a_search_among_those_that_are_meant(both: Journal) -> None:
    early = both.save(finished(both, NOW - timedelta(days=30)))
    late = both.save(finished(both, NOW))
    found = both.search("invisible", 1, Filter(until=date(2026, 11, 1)))
    assert [one.id for one in found] == [early.id]
    assert [one.id for one in both.search("invisible", 1)] == [late.id]

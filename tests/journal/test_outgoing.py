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
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imago_tui.dialogue.keep import RECORDED
from imago_tui.errors import ImagoError
from imago_tui.journal import age
from imago_tui.journal.entry import Agreement, Entry, Head, Turn
from imago_tui.journal.filters import Filter
from imago_tui.journal.ownership import only, readable_by
from imago_tui.journal.store import Journal
from imago_tui.outgoing import book, bringing, files, json_form, markdown, packet, page
from imago_tui.paths import copies_of
from tests.journal.people import (
    ANA,
    ANA_PASSPHRASE,
    BEN,
    SENT,
    everything,
    finished,
    running,
    sealed,
    talk,
)

if TYPE_CHECKING:
    from imago_tui.journal.opening import Opened

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


def refused(entry: dict[str, Any]) -> str:
    """What is told of a file in which `entry` stands second."""
    first = {**entry, "turns": [], "agreements": [], "id": "0" * 16, "partners": [ANA, BEN]}
    first |= {"ended": first["started"], "room": "shared"}
    with pytest.raises(ImagoError) as told:
        json_form.parse(json.dumps(GOOD | {"entries": [first, entry]}).encode())
    assert told.value.status == 2
    assert "Zoe" not in told.value.message
    return told.value.message


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"ended": None}, "ended"),
        ({"partners": [ANA]}, "partners"),
        ({"partners": [ANA, ANA]}, "partners"),
        ({"room": "private"}, "partners"),
    ],
)
def test_what_no_journal_says_does_not_come_in(
    change: dict[str, Any], place: str, kept: list[Entry]
) -> None:
    assert f"entries.1.{place}" in refused({**kept[0].show_json(), **change})


@pytest.mark.parametrize(
    "change",
    [
        {"n": 4},
        {"n": 1},
        {"step": "pause"},
        {"step": "check"},
        {"who": "Zoe"},
        {"about": "Zoe"},
        {"aloud": True},
        {"partly": True},
    ],
)
def test_a_turn_that_no_journal_says_does_not_come_in(
    change: dict[str, Any], kept: list[Entry]
) -> None:
    entry = kept[0].show_json()
    entry["turns"][1] |= change
    assert f"entries.1.turns.1.{next(iter(change))}" in refused(entry)
    entry = kept[0].show_json() | {"exercise": "of-our-own"}
    entry["turns"][1] |= {"step": "stop"}
    assert "entries.1.turns.1.step" in refused(entry)
    entry["turns"][1] |= {"step": "what-we-call-it"}
    first, second = json_form.parse(
        json.dumps(GOOD | {"entries": [kept[1].show_json(), entry]}).encode()
    )
    assert (first.id, second.turns[1].step) == (kept[1].id, "what-we-call-it")


@pytest.mark.parametrize("whose", ["by", "for"])
def test_an_agreement_of_somebody_else_does_not_come_in(whose: str, kept: list[Entry]) -> None:
    entry = kept[0].show_json()
    entry["agreements"][0][whose] = "Zoe"
    assert f"entries.1.agreements.0.{whose}" in refused(entry)


def test_words_taken_along_from_another_time_come_in(both: Journal, kept: list[Entry]) -> None:
    along = only(replace(kept[0], partners=("Zoe", ANA)), ANA)
    turns = tuple(replace(one, who="Zoe" if one.who == BEN else ANA) for one in along.turns)
    moved = replace(along, id="1" * 16, partners=(ANA, BEN), turns=turns, agreements=())
    assert bringing.bring(both, round_trip([moved])).new == 1
    alone = replace(moved, room="private", partners=(ANA, ""), kept=None)
    with both.own(ANA_PASSPHRASE) as room:
        assert bringing.bring(room, round_trip([alone])).new == 1
        assert bringing.bring(room, round_trip([alone])).known == 1


def test_names_in_another_order_are_put_into_that_of_the_journal(
    both: Journal, kept: list[Entry]
) -> None:
    swapped = [replace(one, partners=(BEN, ANA)) for one in kept]
    assert bringing.bring(both, round_trip(swapped)).known == 3
    swapped[0] = replace(swapped[0], topic="Another")
    assert bringing.bring(both, round_trip(swapped)).new == 1
    assert {both.load(head.id).partners for head in both.heads().heads} == {(ANA, BEN)}


def test_what_came_in_once_is_known_whoever_brings_it(
    both: Journal, ana: Journal, ben: Journal, kept: list[Entry]
) -> None:
    """Also sealed, with gaps, with more words than stand here, and under another id."""
    out = round_trip(kept)
    hers = round_trip([readable_by(one, frozenset({ANA})) for one in kept])
    for room in (ana, ben, both):
        for file in (out, hers):
            assert bringing.bring(room, file).known == 3
    before = len(both.heads().heads)
    ana.take_out(kept[0].id, 0)
    assert bringing.bring(ana, out).new == 1
    other = [replace(one, exercise="short") for one in out]
    assert bringing.bring(ana, other).new == 3
    for room in (ana, ben, both):
        for file in (out, hers, other):
            assert bringing.bring(room, file).new == 0
    assert len(both.heads().heads) == before + 4


def test_a_talk_that_is_not_finished_stays_beside_what_comes_in(
    both: Journal, kept: list[Entry]
) -> None:
    going_on = both.save(running(both, NOW))
    same = replace(kept[0], id=going_on.id, topic="Another")
    assert bringing.bring(both, round_trip([same])).new == 1
    assert bringing.bring(both, round_trip([same])).new == 0
    assert both.load(going_on.id).state == "unfinished"


TEXTS = st.text(max_size=20)
SAID = st.none() | TEXTS
NAMES = st.sampled_from((ANA, BEN))


@st.composite
def dialogues(draw: st.DrawFn) -> list[Entry]:
    """Some that two people may have kept, all begun at different moments."""
    made: list[Entry] = []
    for at in range(draw(st.integers(0, 3))):
        steps = draw(st.lists(st.sampled_from(sorted(RECORDED)), max_size=6))
        turns = tuple(
            Turn(
                n, step, draw(NAMES), draw(NAMES), text, aloud=text is None and draw(st.booleans())
            )
            for n, (step, text) in enumerate([(step, draw(SAID)) for step in steps], 1)
        )
        began = NOW + timedelta(seconds=at, microseconds=draw(st.integers(0, 999_999)))
        made.append(
            Entry(
                id=f"{at}" * 16,
                room=draw(st.sampled_from(("shared", "together"))),
                exercise=draw(st.sampled_from(("dialogue", "cycle", "of-our-own"))),
                topic=draw(SAID),
                started=began,
                ended=began + timedelta(minutes=draw(st.integers(0, 99))),
                state="done",
                partners=(ANA, BEN),
                kept=draw(st.sampled_from(("all", "together", "outcome"))),
                theme=draw(st.sampled_from((None, "money"))),
                turns=turns,
                agreements=tuple(
                    Agreement(draw(SAID), draw(NAMES), draw(st.none() | NAMES), draw(SAID))
                    for _ in range(draw(st.integers(0, 2)))
                ),
            )
        )
    return made


@settings(max_examples=25, deadline=None)
@given(some=dialogues(), names=st.sampled_from(((ANA, BEN), (ANA,), (BEN,))))
def test_out_and_in_loses_nothing_and_twice_is_once(
    some: list[Entry],
    names: tuple[str, ...],
    template: tuple[Path, Opened],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    opened = template[1]
    left = [readable_by(one, frozenset(names)) for one in some]
    folder = tmp_path_factory.mktemp("fresh") / "journal"
    shutil.copytree(template[0], folder)
    with Journal(folder, opened) as fresh:
        assert bringing.bring(fresh, round_trip(left, names)).new == len(some)
        for entry in left:
            assert fresh.load(entry.id).show_json() == entry.show_json()
        assert bringing.bring(fresh, round_trip(left, names)).known == len(some)
        out = [fresh.load(head.id) for head in fresh.heads().heads]
        assert bringing.bring(fresh, round_trip(out)).known == len(some)
    alone = replace(opened, rings={0: opened.rings[0]})
    with Journal(folder, alone) as journal:
        assert bringing.bring(journal, round_trip(out)).known == len(some)
    shutil.rmtree(folder)


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

"""What helps beside the talk, in lines: the same as on the screen, with a slash before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from imago_tui import hints, own_words, remembering
from imago_tui.coach import Hint
from imago_tui.dialogue.events import Event
from imago_tui.helping.likes import Likes
from imago_tui.journal.store import Journal
from imago_tui.plain import liking
from imago_tui.plain.console import Console, Ended
from imago_tui.plain.talk import Talk
from imago_tui.session import Session
from tests.helping.held import ANA, BEN, REBUTTAL, SAID, at_send

if TYPE_CHECKING:
    from pathlib import Path


class Typing(Console):
    """A console at which these lines are typed, one after the other."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        self.lines, self.heard = lines, list[str]()

    def say(self, *lines: str) -> None:
        self.heard += lines

    def ask(self, prompt: str, *, who: object = None, begun: str = "") -> str:
        del prompt, who, begun
        if not self.lines:
            raise Ended
        self.heard.append(f"> {self.lines[0]}")
        return self.lines.pop(0)


def typed(session: Session, *lines: str) -> list[str]:
    """What is read out while these lines are typed."""
    console = Typing(list(lines))
    with pytest.raises(Ended):
        Talk(console, session).hold()
    return console.heard


def after(heard: list[str], line: str) -> list[str]:
    """What was read out after a line was typed, up to the next one."""
    rest = heard[heard.index(f"> {line}") + 1 :]
    ends = [place for place, one in enumerate(rest) if one.startswith("> ")]
    return rest[: ends[0]] if ends else rest


def test_a_line_that_fits_is_read_out_for_whose_words_they_are() -> None:
    session = at_send()
    session.do(Event("send", ANA, words=SAID))
    session.do(Event("mirror", BEN, words=REBUTTAL))
    assert session.noticing.now is not None
    line = hints.stem(Hint(session.noticing.now.hint.code, ""))
    heard = typed(session, "/not-this")
    assert any(one.startswith("Ben, or: ") and line in one for one in heard)
    assert not any(line in one for one in after(heard, "/not-this"))
    assert any(one.startswith("Ben, or: ") for one in after(heard, "/not-this"))


def test_stuck_tells_lines_and_how_each_remedy_is_taken() -> None:
    session = at_send()
    session.do(Event("send", ANA))
    session.do(Event("mirror", BEN))
    told = after(typed(session, "/stuck"), "/stuck")
    assert "The words, not the tone: number 2, then 3" in told
    assert "A minute, please: /pause" in told
    assert len(told) == 5


def test_words_to_hand() -> None:
    heard = typed(at_send(), "/words", "/words lon", "/words Sad", "/words zzz")
    assert any("afraid" in one for one in after(heard, "/words"))
    assert "lonely" in after(heard, "/words lon")
    assert len(after(heard, "/words Sad")) == 6
    assert after(heard, "/words zzz") == ["None of these. Your own word is a good one."]


def test_a_line_in_own_words_and_as_it_was() -> None:
    session = at_send()
    before = session.stems(ANA, session.scene()).lines[0].text
    heard = typed(session, "/our-words Love, it was ...", "/as-it-was", "/our-words")
    assert "For instance: Love, it was ... (ours)" in heard
    assert after(heard, "/as-it-was")[0] == before
    assert f"For instance: {before}" in after(heard, "/our-words")
    assert own_words.load() == {}


def test_how_one_likes_it_and_more_help() -> None:
    session = at_send()
    session.like(ANA, Likes(help="off"))
    # Lines and help for Ben, his pace, and done; then all of the lines again for Ana.
    heard = typed(session, "/stuck", "/more-help", "/likes", "2", "3", "1", "4", "5")
    assert "All of the lines again, please: /more-help" in after(heard, "/stuck")
    assert any(one.startswith("For instance") for one in after(heard, "/more-help"))
    assert session.likes[BEN] == Likes(pace="calm")
    assert session.ways.pace == "calm"


def test_outside_a_talk_each_sets_their_own(tmp_path: Path) -> None:
    people = [("Ana", "violet anchor seven lamps"), ("Ben", "quiet harbour nine stones")]
    Journal.create(tmp_path / "journal", people, cost=15).close()
    with Journal.open(tmp_path / "journal", [people[1][1]]) as journal:
        console = Typing(["2", "1", "4", "5"])
        liking.in_the_journal(console, journal)
        assert "How do you like it, Ben?" in console.heard
        assert remembering.likes(journal) == (Likes(), Likes(literal=True))

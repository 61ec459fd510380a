"""A line that fits what was typed: where it stands, for how long, and that it tells on nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from imago_tui import hints
from imago_tui.coach import CODES, Hint
from imago_tui.dialogue.events import Event
from imago_tui.helping.likes import Likes
from imago_tui.helping.stems import OR
from imago_tui.session import Session
from tests.helping.held import ANA, BEN, MIRROR, REBUTTAL, SAID, at_send, lines

BLAME = "You never listen and you always leave me with all of it."


def offer(code: str) -> str:
    return hints.stem(Hint(code, ""))


def mirrored(text: str = REBUTTAL, said: str | None = SAID) -> Session:
    session = at_send()
    session.do(Event("send", ANA, words=said))
    session.do(Event("mirror", BEN, words=text))
    return session


def noticed(session: Session) -> str:
    now = session.noticing.now
    return now.hint.code if now is not None else ""


def test_a_line_stands_before_whose_words_it_is_about_and_nobody_else() -> None:
    session = mirrored()
    found = session.stems(BEN, session.scene())
    assert found.when == OR
    assert found.lines[0].text in {offer("rebuttal"), offer("own-story")}
    assert not {offer(code) for code in CODES} & set(lines(session, ANA))


def test_that_a_line_stands_says_nothing_one_always_does() -> None:
    faithful, rebutting = mirrored(MIRROR), mirrored()
    one, other = (each.stems(BEN, each.scene()) for each in (faithful, rebutting))
    assert faithful.noticing.now is None
    assert one.when == other.when == OR
    assert one.lines[0].text != other.lines[0].text
    # A silenced coach looks like a content one.
    silent = mirrored("I hit the wall because I was afraid of what you would say to me then.")
    assert lines(silent, BEN) == lines(faithful, BEN)


def test_it_never_quotes() -> None:
    secret = "zanzibar"
    session = mirrored(f"I was only in {secret} because you never told me about the {secret}.")
    assert session.noticing.now is not None
    assert all(secret not in line for who in (ANA, BEN) for line in lines(session, who))


def test_you_got_it_always_wins() -> None:
    session = mirrored()
    session.do(Event("check", ANA, answer="yes"))
    assert session.noticing.now is None


@pytest.mark.parametrize("answer", ["tone", "added", "almost"])
def test_after_not_quite_it_is_the_first_line_to_try(answer: str) -> None:
    session = mirrored()
    offered = lines(session, BEN)[0]
    session.do(Event("check", ANA, answer=answer))
    assert session.scene().turn == {BEN}
    assert lines(session, BEN)[0] == offered
    session.do(Event("mirror", BEN, words=MIRROR))
    assert session.noticing.now is None


def test_words_taken_back_may_be_said_in_that_way() -> None:
    session = mirrored()
    offered = lines(session, BEN)[0]
    session.do(Event("back", BEN))
    assert lines(session, BEN)[0] == offered


def test_a_piece_that_blames_has_its_line_until_it_is_given_back() -> None:
    session = at_send()
    session.do(Event("send", ANA, words=BLAME))
    assert lines(session, ANA)[0] == offer("blame")
    session.do(Event("slower", BEN))
    assert lines(session, ANA)[0] == offer("blame")
    session.do(Event("send", ANA, words=BLAME))
    session.do(Event("mirror", BEN))
    assert session.noticing.now is None


def test_a_guess_without_a_feeling_has_its_line() -> None:
    session = mirrored(MIRROR)
    session.do(Event("check", ANA, answer="yes"))
    while session.scene().writes != "empathize":
        session.do(Event(session.scene().writes, BEN))
    session.do(Event("empathize", BEN, words="You think that the kitchen should be cleaner."))
    assert lines(session, BEN)[0] == offer("no-feeling")


def test_nothing_is_made_of_words_that_were_said_aloud() -> None:
    session = mirrored(said=None)
    assert session.noticing.now is None


def test_sent_away_twice_a_kind_stays_away_for_the_talk() -> None:
    session = mirrored()
    code = noticed(session)
    for _ in range(2):
        assert noticed(session) == code
        assert session.send_away()
        assert not session.send_away()
        session.do(Event("back", BEN))
        session.do(Event("mirror", BEN, words=REBUTTAL))
    assert noticed(session) != code


@pytest.mark.parametrize(
    "likes", [Likes(hints=False), Likes(help="off"), Likes(quiet=frozenset(CODES))]
)
def test_whoever_wants_none_gets_none(likes: Likes) -> None:
    session = at_send()
    session.likes = (Likes(), likes)
    session.do(Event("send", ANA, words=SAID))
    session.do(Event("mirror", BEN, words=REBUTTAL))
    assert session.noticing.now is None
    session.likes = (replace(likes, help=""), likes)

"""How each likes it: kept whole, equal for both, and nobody is pointed at."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imago_tui.dialogue.events import Event
from imago_tui.helping import likes as liking
from imago_tui.helping.likes import FULL, LADDER, LEVELS, LIGHT, OFF, PACES, Likes
from imago_tui.helping.stems import shorter
from imago_tui.journal.keyring import Settings
from tests.helping.held import ANA, BEN, SAID, at_send, lines

EVERY = st.builds(
    Likes,
    help=st.sampled_from(["", *LEVELS]),
    eased=st.sampled_from(LADDER),
    quiet=st.frozensets(st.sampled_from(["own-story", "advice", "blame"])),
    pace=st.sampled_from(["", *PACES]),
    **{name: st.booleans() for name in liking.SWITCHES},
)


@given(EVERY)
def test_what_is_kept_comes_back(likes: Likes) -> None:
    before = Settings(pronoun="she", other={"a later one": True, "literal": True})
    kept = liking.kept(likes, before)
    assert liking.of(Settings.model_validate(kept.model_dump())) == likes
    assert (kept.pronoun, kept.other["a later one"]) == ("she", True)


@given(EVERY)
def test_nothing_in_a_file_counts_a_person(likes: Likes) -> None:
    kept = liking.kept(likes, Settings())
    assert not [v for v in kept.other.values() if isinstance(v, int) and not isinstance(v, bool)]


NAMED = st.sampled_from([*liking.SWITCHES, "pace", "quiet", "help-eased"])
ANYTHING = st.one_of(st.text(max_size=9), st.integers(), st.booleans(), st.none())


@given(st.dictionaries(NAMED, ANYTHING))
def test_what_another_version_wrote_does_no_harm(other: dict[str, str | int | bool | None]) -> None:
    found = liking.of(Settings(help_level="more than ever", other=other))
    assert found.level in LEVELS
    assert found.pace in {"", *PACES}


def test_help_fades_by_itself_and_comes_back() -> None:
    one = Likes()
    seen = [one.level]
    for _ in range(9):
        one = one.after_talk(helped=False)
        seen.append(one.level)
    assert seen == [FULL] * 3 + [LIGHT] * 4 + [OFF] * 3
    assert one.more_help().level == FULL
    light = Likes(eased=(LIGHT, "settled"))
    assert light.after_talk(helped=True).eased == (LIGHT, "new")
    assert light.after_talk(helped=False).level == OFF


@pytest.mark.parametrize("level", LEVELS)
def test_what_was_set_does_not_fade(level: str) -> None:
    one = Likes(help=level)
    for _ in range(9):
        one = one.after_talk(helped=False)
    assert one.level == level
    assert one.more_help().level == FULL


def test_each_has_their_own_help() -> None:
    session = at_send()
    whole = lines(session, ANA)
    session.likes = (Likes(), Likes(help=OFF))
    assert lines(session, ANA) == whole
    session.do(Event("send", ANA, words=SAID))
    assert lines(session, BEN) == ()
    session.likes = (Likes(), Likes(help=LIGHT))
    assert lines(session, BEN) == ("What I hear ...",)


@pytest.mark.parametrize(
    ("line", "short"),
    [
        ("What I hear you say is ...", "What I hear ..."),
        ("Did I get it?", "Did I get it?"),
        ("You make sense, and what makes sense is ...", "You make sense ..."),
        ("もし私が聞いたのは ...", "もし私が聞いたのは ..."),
    ],
)
def test_a_line_stands_shorter(line: str, short: str) -> None:
    assert shorter(line) == short


@pytest.mark.parametrize("who", [ANA, BEN])
def test_what_one_of_them_set_holds_for_the_table(who: int) -> None:
    one = Likes(literal=True, pauses=True, sound=False, gaze=False, touch=False, pace="calm",
                singly=True, types=True)  # fmt: skip
    both = (one, Likes(pace="brisk")) if who == ANA else (Likes(pace="brisk"), one)
    ways = liking.together(both)
    assert ways.wording == ("literal", "no-gaze", "no-touch")
    assert (ways.pace, ways.sound, ways.slow) == ("calm", False, liking.SLOW)
    assert ways.manner.singly
    assert ways.manner.types == {who}


def test_one_step_at_a_time_is_a_press_each() -> None:
    session = at_send()
    assert session.scene().aloud
    session.likes = (replace(Likes(), singly=True), Likes())
    assert [one.key for one in session.scene().choices[ANA]] == ["said"]
    session.do(Event("send", ANA))
    assert [one.key for one in session.scene().choices[BEN]] == ["said"]
    session.do(Event("mirror", BEN))
    assert [one.key for one in session.scene().choices[ANA]] == ["check.yes", "not-quite"]


def test_whoever_types_is_waited_for() -> None:
    session = at_send()
    session.likes = (Likes(), Likes(types=True))
    assert [one.key for one in session.scene().choices[ANA]] == ["said"]
    session.do(Event("send", ANA))
    assert session.scene().writer == {BEN}

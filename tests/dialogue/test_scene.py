"""What both may see, at every place that can ever be reached."""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

import pytest

from imago_tui import exercises
from imago_tui.dialogue import state
from imago_tui.dialogue.engine import NotOpen, Open, allowed, control_of, step
from imago_tui.dialogue.events import EXITS, PERSONS, Event
from imago_tui.dialogue.scene import Choice, Scene, scene
from imago_tui.words import words
from tests.dialogue.table import BEGUN, HEARD, NOW, TOPIC, Talk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imago_tui.dialogue.state import State

NAMES = ("Ana", "Ben")
HARSH = re.compile(r"\b(wrong|fail\w*|violation|errors?|invalid)\b", re.IGNORECASE)
SEATS = 5
"""Keys that one seat has for choices."""


@cache
def states(name: str) -> tuple[State, ...]:
    """A state with typed words for each control state that differs to the eye."""
    begun = state.begin(exercises.load(name))
    found = {}
    todo = [begun]
    while todo:
        here = todo.pop()
        at = here.at
        key = (at.node, at.sender, at.hold, at.resumed, here.said.waiting is not None)
        if key in found:
            continue
        found[key] = here
        for opened in allowed(here):
            if opened.step in {"more-time", "back"}:
                continue
            words_ = f"{opened.step} {len(here.said.turns)}"
            when = NOW if opened.answer in {"later", "book"} else None
            todo.append(step(here, Event(opened.step, opened.who, words_, opened.answer, when))[0])
    return tuple(found.values())


ALL = [(name, typing) for name in exercises.names() for typing in (None, 0, 1)]


def scenes(name: str, typing: int | None) -> Iterator[tuple[State, Scene]]:
    for here in states(name):
        yield here, scene(here, NAMES, typing=typing)


def flat(choices: tuple[Choice, ...]) -> Iterator[Choice]:
    for choice in choices:
        yield choice
        yield from flat(choice.into)


def labels() -> dict[str, str]:
    return dict(words.table("steps.choice"))


@pytest.mark.parametrize(("name", "typing"), ALL)
def test_every_scene_says_who_what_and_what_comes_next(name: str, typing: int | None) -> None:
    for here, shown in scenes(name, typing):
        where = f"{name} {here.at}"
        assert shown.ask, where
        assert len(shown.ask.split()) <= 10, (where, shown.ask)
        assert shown.listen, where
        assert shown.next or shown.over, where
        assert shown.help or shown.over, where
        texts = [shown.ask, shown.listen, shown.next, *shown.stems, *shown.help]
        assert not [text for text in texts[:3] if re.search(r"\{\w*\}", text)], where
        assert not [text for text in texts if re.search(r"\{(?!time\})", text)], where
        assert not [text for text in texts if HARSH.search(text)], where
        assert shown.turn or shown.over, where
        assert shown.open == set(allowed(here))


@pytest.mark.parametrize(("name", "typing"), ALL)
def test_there_is_always_something_to_do(name: str, typing: int | None) -> None:
    for here, shown in scenes(name, typing):
        some = [choice for of in shown.choices for choice in of]
        if shown.over:
            continue
        if shown.hold == "too-much":  # its way on is an exit: a time-out, or the end
            assert not some
            assert {Open("time-out", None), Open("stop", None)} == shown.open
        elif typing is None:
            assert some, here.at
            owners = {who for who in PERSONS if shown.choices[who]}
            # Aloud the Sender presses for both; else it is whoever's turn it is.
            assert shown.turn <= owners or shown.sender in owners, here.at
        else:
            assert some or shown.writer, here.at


@pytest.mark.parametrize(("name", "typing"), ALL)
def test_choices_fit_a_seat_and_have_a_label(name: str, typing: int | None) -> None:
    known = labels()
    for here, shown in scenes(name, typing):
        for of in shown.choices:
            assert len(of) <= SEATS, here.at
            assert len({choice.key for choice in of}) == len(of), here.at
            for choice in flat(of):
                label = known.get(choice.key) or (
                    known["skip"] if choice.key.endswith(".skip") else ""
                )
                assert label, (choice.key, here.at)
                assert bool(choice.drafts) != bool(choice.into)
                assert choice.wants in {"", "words", "when"}


@pytest.mark.parametrize(("name", "typing"), ALL)
def test_every_choice_is_taken_by_the_engine(name: str, typing: int | None) -> None:
    for here, shown in scenes(name, typing):
        for who, of in enumerate(shown.choices):
            for choice in flat(of):
                now = here
                for draft in choice.drafts:
                    when = NOW if choice.wants == "when" else None
                    now, _ = step(now, Event(draft.step, draft.who, None, draft.answer, when))
                assert not choice.drafts or choice.drafts[-1].who == who
                # A press for both is only ever the Sender's own yes or not quite.
                mixed = {draft.who for draft in choice.drafts} - {who}
                assert not mixed or who == shown.sender


@pytest.mark.parametrize("name", exercises.names())
def test_what_is_open_can_be_reached_by_a_press_a_line_or_an_exit(name: str) -> None:
    """Front ends draw choices, a field, exits and helps: nothing that is open is out of reach."""
    for here in states(name):
        reached = {Open(one, None) for one in EXITS}
        for typing in (None, 0, 1):
            shown = scene(here, NAMES, typing=typing)
            reached |= {
                Open(choice.drafts[0].step, choice.drafts[0].who, choice.drafts[0].answer)
                for of in shown.choices
                for choice in flat(of)
                if choice.drafts
            }
            reached |= {Open(shown.writes, who) for who in shown.writer}
        left = {one for one in allowed(here) if one not in reached}
        helps = {"slower", "more-time", "back"}
        still = here.stage is not None and here.stage.kind == "still"
        still = still or shown.place == "shown"
        assert {one.step for one in left} <= helps | ({"skip"} if still else set()), here.at


@pytest.mark.parametrize("name", exercises.names())
def test_typed_words_become_the_step_that_is_written(name: str) -> None:
    for here in states(name):
        shown = scene(here, NAMES)
        for who, typing in product(PERSONS, (None, *PERSONS)):
            assert scene(here, NAMES, typing=typing).writes == shown.writes
            event = Event(shown.writes, who, "typed")
            if who in shown.writer:
                step(here, event)
            else:
                with pytest.raises(NotOpen):
                    step(here, event)


def test_aloud_a_whole_round_is_the_sender_s_one_press() -> None:
    talk = Talk(f"{BEGUN} | {TOPIC}")
    shown = scene(talk.state, NAMES)
    keys = [choice.key for choice in shown.choices[0]]
    assert keys == ["check.yes+more.yes", "check.yes+more.no", "not-quite"]
    assert shown.choices[1] == ()
    steps = [(draft.step, draft.who, draft.answer) for draft in shown.choices[0][1].drafts]
    assert steps == [
        ("send", 0, None),
        ("mirror", 1, None),
        ("check", 0, "yes"),
        ("more", 0, "no"),
    ]
    assert [one.key for one in shown.choices[0][2].into] == ["almost", "added", "tone"]
    assert [one.wants for one in shown.choices[0][2].into] == ["words", "words", ""]


def test_the_piece_is_hidden_while_its_mirror_is_typed_and_stands_beside_it_at_the_check() -> None:
    talk = Talk(f"{BEGUN} | {TOPIC} | A send S")
    assert [turn.text for turn in scene(talk.state, NAMES).exhibit] == ["S"]
    typing = scene(talk.state, NAMES, typing=1)
    assert (typing.exhibit, typing.hidden) == ((), True)
    again = scene(talk.state, NAMES, typing=1, revealed=True)
    assert ([turn.text for turn in again.exhibit], again.hidden) == (["S"], False)
    talk.run("B mirror m")
    assert [turn.text for turn in scene(talk.state, NAMES).exhibit] == ["S", "m"]
    talk.run("time-out")
    held = scene(talk.state, NAMES)
    assert (held.exhibit, held.writer, held.writes) == ((), frozenset(), "")


def test_after_three_not_quites_both_are_offered_eight_words() -> None:
    misses = " | ".join(["B mirror m | A check tone"] * 3)
    talk = Talk(f"{BEGUN} | {TOPIC} | A send S | {misses}")
    shown = scene(talk.state, NAMES)
    assert shown.eight
    assert "leave-piece" in [choice.key for choice in shown.choices[0]]
    assert any("eight words" in stem.lower() for stem in shown.stems)


@pytest.mark.parametrize(
    "names",
    [
        ("{receiver}", "{sender}"),
        ("{0}", "{names!r:>99}"),
        ("{sender.__class__}", "\\1 \\g<1>"),
        ("%s", "[bold]Ben[/]"),
        ("", "\u202eneB"),
    ],
)
def test_a_name_is_never_read_as_anything_but_a_name(names: tuple[str, str]) -> None:
    shown = scene(Talk(f"{BEGUN} | {TOPIC}").state, names)
    assert shown.ask == f"{names[0]}, say a little. Then stop."
    assert scene(Talk(HEARD).state, names).ask.startswith(f"{names[1]}, what makes sense")


def test_roles_move_and_persons_don_t() -> None:
    talk = Talk(f"{HEARD} | B validate V | B empathize E | A empathy-check yes | A skip | B skip")
    before = scene(talk.state, NAMES)
    talk.run("B switch now | A switch now")
    after = scene(talk.state, NAMES)
    assert (before.sender, after.sender) == (0, 1)
    assert after.ask.startswith("Ben")
    assert control_of(talk.state).at.sender == 1


ASKED = f"{HEARD} | B validate V | B empathize E | A empathy-check yes | A skip | B skip"


def test_what_comes_next_is_told_with_the_roles_that_come_next() -> None:
    """Who asks for a turn is the one who speaks in it; the other one is asked for an ear."""
    talk = Talk(ASKED)
    assert scene(talk.state, NAMES).next == "Ben says a little"
    talk.run("B switch now")
    asked = scene(talk.state, NAMES)
    assert asked.next == "Ben says a little"
    assert asked.turn == {0}
    assert asked.ask == "Ben would like a turn now. Can you listen?"


@pytest.mark.parametrize("name", exercises.names())
def test_nobody_is_told_what_the_other_one_does(name: str) -> None:
    """An instruction that begins with a name stands at the one whose name it is."""
    for here, shown in scenes(name, None):
        first, _, _ = shown.ask.partition(",")
        if first in NAMES:
            assert shown.turn == {NAMES.index(first)}, (here.at, shown.ask)


@pytest.mark.parametrize("name", exercises.names())
def test_roles_are_named_only_where_one_speaks_and_one_listens(name: str) -> None:
    for here, shown in scenes(name, None):
        by = here.stage.by if here.stage is not None else "each"
        assert shown.roles == (not shown.hold and by in {"sender", "receiver"})


def test_after_a_not_quite_aloud_the_one_who_spoke_knows_what_to_say() -> None:
    aloud = f"{BEGUN} | {TOPIC} | A send | B mirror"
    talk = Talk(aloud)
    for _ in range(2):
        talk.run("A check tone")
        assert "once more" in scene(talk.state, NAMES).listen
        talk.run("B mirror")
    talk.run("A check tone")
    assert "eight words" in scene(talk.state, NAMES).listen
    typed = Talk(f"{BEGUN} | {TOPIC} | A send S | B mirror m | A check almost: also this")
    assert "once more" not in scene(typed.state, NAMES).listen


def test_a_time_out_promises_only_what_it_does() -> None:
    smaller = scene(Talk(f"{BEGUN} | {TOPIC} | A send S | time-out").state, NAMES).next
    assert "smaller" in smaller
    assert "smaller" not in scene(Talk(f"{ASKED} | time-out").state, NAMES).next

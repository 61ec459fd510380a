"""Each kind of hint: what raises it, and what looks alike and doesn't."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.coach.conftest import Coach

SENT = "When you come home late I feel alone. I need a message from you."

RAISED = [
    ("perspective", "When you come home late I feel alone and I need a message."),
    ("own-story", "You feel alone. I had to finish the report for Monday."),
    ("own-story", "I never promised to be home by six."),
    ("own-story", "You need a message. We already talked about that in March."),
    ("own-story", "It's my only evening with the team."),
    ("own-story", "I come home late because the trains were cancelled."),
    ("rebuttal", "That's not true at all, and you know it."),
    ("rebuttal", "You feel alone. What about me?"),
    ("rebuttal", "You never asked me how my week was."),
    ("rebuttal", "The traffic was terrible on the bridge."),
    ("rebuttal", "You laughed at my present in front of Paul."),
    ("judgement", "You're being ridiculous about half an hour."),
    ("judgement", "What a childish thing to say."),
    ("judgement", "Nothing I do is ever enough."),
    ("advice", "You feel alone. You should join a choir."),
    ("advice", "Why don't you call your sister then?"),
    ("advice", "Let's get a calendar for the kitchen."),
    ("advice", "Just go to bed without waiting."),
    ("question", "And what did you do the whole evening?"),
    ("question", "You feel alone. How late was it on Tuesday?"),
    ("interpretation", "Deep down you are testing how far it goes."),
    ("interpretation", "This is all because of your father."),
    ("misses", "When I come home late."),
]


@pytest.mark.parametrize(("code", "text"), RAISED)
def test_what_is_not_the_senders_is_noticed(coach: Coach, code: str, text: str) -> None:
    hint = coach.mirror(text)
    assert hint is not None
    assert hint.code == code
    if code != "misses":
        assert hint.words in text


@pytest.mark.parametrize(
    "text",
    [
        "When I come home late you feel alone, and you need a message from me.",
        "If I got it, my coming home late leaves you lonely, and a few words would help you.",
        "I hear you say that you feel alone. Did I get it?",
        "You feel alone when I'm late. You'd like me to write to you. Is there more about that?",
        "I stay out, and you sit here by yourself and miss a sign from me. Have I got that right?",
        "So it's lonely for you when I'm not back in time, and a text would do you good.",
        "What I hear is that you feel alone and you need to hear from me.",
        'You said "I feel alone" and you need a message from me.',
        "I don't get home in time, and you feel alone, and you need a message from me.",
    ],
)
def test_a_good_mirror_is_left_alone(coach: Coach, text: str) -> None:
    assert coach.mirror(text) is None


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        ("I should see a doctor.", "You feel it is time: you should see a doctor."),
        ("I think I was silly.", "You think you were silly about all of this."),
        ("You never listen to me at dinner.", "At dinner, you say, I never listen to you."),
        ("I want us to try a walk. Let's walk.", "You want us to walk. Let's walk, you say."),
        ("I am too sensitive for these jokes of yours.", "You are too sensitive for my jokes."),
    ],
)
def test_what_the_sender_said_first_is_no_cue(coach: Coach, sent: str, text: str) -> None:
    assert coach.mirror(text, sent) is None


def test_the_words_past_a_cue_decide_whose_it_is(coach: Coach) -> None:
    sent = "I needed you next to me."
    hint = coach.mirror("You felt small. You need to tell her that yourself.", sent)
    assert hint is not None
    assert hint.code == "advice"


@pytest.mark.parametrize(
    "text",
    [
        "You never listen to me.",
        "You are so selfish.",
        "You always leave the dishes.",
        "It's your fault that we are late.",
        "Why can't you just call?",
        "You let me down again.",
        "A good father would know.",
        "You keep forgetting what I say.",
    ],
)
def test_blame_is_noticed_in_what_is_sent(coach: Coach, text: str) -> None:
    hint = coach.sender(text)
    assert hint is not None
    assert hint.code == "blame"
    assert hint.words in text


@pytest.mark.parametrize(
    "text",
    [
        "You always make me laugh.",
        "Thank you. You never forget my birthday.",
        "When you came in late I felt lonely.",
        "I would like to eat together on Fridays.",
        "I always loved this kitchen.",
        "You looked at me and I felt warm inside.",
        'My mother said "you never listen" when I was little.',
    ],
)
def test_thanks_wishes_and_what_was_seen_are_no_blame(coach: Coach, text: str) -> None:
    assert coach.sender(text) is None


def test_too_much_at_once_is_noticed_and_not_quoted(coach: Coach) -> None:
    text = "I came in and I put my bag down. " * 6
    hint = coach.sender(text)
    assert hint is not None
    assert (hint.code, hint.words) == ("long", "")
    assert coach.sender("I came in and I put my bag down. " * 5) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I imagine you feel that I am never there.", "feel that"),
        ("You feel like nobody helps.", "feel like"),
        ("I guess you think I'm lazy.", "think"),
        ("I imagine you feel manipulated.", "manipulated"),
        ("I imagine you are angry that I'm sad.", None),
        ("You think I am happy about it.", "think"),
        ("It is about the money, I guess.", ""),
    ],
)
def test_a_thought_is_told_from_a_feeling(coach: Coach, text: str, words: str | None) -> None:
    hint = coach.empathy(text)
    assert (hint.words if hint else None) == words
    assert hint is None or hint.code == "no-feeling"


@pytest.mark.parametrize(
    "text",
    [
        "Sad.",
        "Lonely, and a bit hurt?",
        "I imagine you feel discombobulated.",
        "You feel like crying because you are so exhausted.",
        "Maybe there is a knot in your stomach.",
        "I imagine you're not sure, maybe numb.",
        "I imagine you feel like a burden.",
        "Somewhere between left out and furious.",
    ],
)
def test_any_feeling_will_do(coach: Coach, text: str) -> None:
    assert coach.empathy(text) is None


@pytest.mark.parametrize("text", ["", " ", "...", "No.", "That's childish.", "?!", "\x00\x1b[2J"])
def test_below_four_words_a_mirror_is_left_alone(coach: Coach, text: str) -> None:
    assert coach.mirror(text) is None


def test_curly_apostrophes_are_read_and_kept(coach: Coach) -> None:
    hint = coach.mirror("That\u2019s not fair, half of it was yours.")
    assert hint is not None
    assert hint.words == "That\u2019s not fair"

"""The steps of a dialogue, one after the other: what is open, what follows, what stands."""

from __future__ import annotations

import pytest

from imago_tui.dialogue import keep
from imago_tui.dialogue.engine import NotOpen
from tests.dialogue.table import (
    BEGUN,
    CLOSING,
    HEARD,
    NOW,
    PIECE,
    TOPIC,
    UNDERSTOOD,
    A,
    B,
    Talk,
)

EXITS = {"pause", "time-out", "too-much", "stop"}
CHECK = {"check yes", "check almost", "check added", "check tone"}
SENDING = f"{BEGUN} | {TOPIC}"
MISSED = " | ".join(["B mirror m | A check tone"] * 3)


def refused(talk: Talk, *lines: str) -> None:
    """None of these is open, and trying them changes nothing."""
    for line in lines:
        before = talk.state
        with pytest.raises(NotOpen):
            talk.run(line)
        assert talk.state is before


def test_ready_both_yes() -> None:
    talk = Talk("A ready yes")
    assert talk.at == "ready"
    refused(talk, "A ready yes", "A ready no", "settle", "A topic T")
    assert Talk("B ready yes | A ready yes").at == "settle"
    assert talk.run("B ready yes").at == "settle"


@pytest.mark.parametrize("lines", ["A ready no", "A ready yes | B ready no", "B ready later 20:00"])
def test_ready_no_or_later_ends_it_before_it_began(lines: str) -> None:
    talk = Talk(lines)
    assert talk.state.over
    assert "put-off" in talk.effects
    assert talk.state.said.turns == ()
    assert (talk.state.said.meeting is not None) == ("later" in lines)
    assert talk.can(None) == set()


def test_ready_the_other_answer_may_come_in_and_changes_nothing() -> None:
    talk = Talk("A ready later 20:00")
    agreed = talk.state.said
    assert agreed.meeting is not None
    assert agreed.meeting.isoformat() == "2026-11-22T20:00:00+00:00"
    assert talk.can(B) == {"ready yes", "ready no", "ready later"}
    assert talk.can(A) == set()
    talk.run("B ready later 21:00")
    assert talk.state.said == agreed
    assert talk.effects == ["save"]
    assert talk.open == set()
    assert Talk("A ready no | B ready yes").state.over


@pytest.mark.parametrize("line", ["settle", "A settle", "B settle", "A skip", "B skip"])
def test_settle_is_either_s(line: str) -> None:
    assert Talk("A ready yes | B ready yes").run(line).at == "intention"


@pytest.mark.parametrize("step", ["intention X", "skip"])
def test_intention_is_each_s_and_not_kept(step: str) -> None:
    talk = Talk(f"A ready yes | B ready yes | settle | B {step}")
    refused(talk, f"B {step}", "A topic T")
    assert talk.run(f"A {step}").at == "topic"
    assert talk.kept == []


def test_only_what_is_either_s_needs_no_name() -> None:
    refused(Talk(), "ready yes")
    refused(Talk("A ready yes | B ready yes | settle"), "intention", "skip")
    refused(Talk(f"{SENDING} | time-out"), "resume")
    refused(Talk(SENDING), "more-time", "slower", "send S")


def test_topic_is_a_piece_that_can_t_be_left() -> None:
    talk = Talk(f"{BEGUN} | A topic T")
    assert talk.can(B) == {"mirror", "slower", "more-time"}
    assert talk.can(A) == {"back", "more-time"}
    assert talk.state.said.topic == "T"
    talk.run("B mirror t")
    assert talk.can(A) == {*CHECK, "more-time"}
    talk.run("A check tone | B mirror t | A check tone | B mirror t | A check tone")
    assert "skip" not in talk.can(A)
    talk.run("B mirror again")
    assert "skip" not in talk.can(A)
    assert talk.state.exercise.places[talk.state.at.node].eight
    talk.run("A check yes")
    assert (talk.at, talk.kept) == ("send", [("topic", "A", "T"), ("mirror", "B", "again")])


def test_after_a_send_the_receiver_may_only_mirror() -> None:
    talk = Talk(f"{SENDING} | A send S")
    refused(talk, "B send no", "B validate V", "B summary s", "A mirror s", "A check yes", "A send")
    assert talk.can(B) == {"mirror", "slower", "more-time"}
    assert talk.can(None) == EXITS
    talk.run("B mirror s")
    assert talk.can(B) == {"back", "more-time"}
    refused(talk, "B check yes", "A more no", "B mirror s")


def test_almost_leaves_what_was_left_out_right_after_its_piece() -> None:
    talk = Talk(f"{SENDING} | A send S | B mirror m1 | A check almost: a whole hour | B mirror m2")
    assert [turn.text for turn in talk.state.said.standing] == ["T", "t", "S", "a whole hour"]
    talk.run("A check yes")
    rest = [("send", "A", "S"), ("send", "A", "a whole hour"), ("mirror", "B", "m2")]
    assert talk.kept[2:] == rest
    assert {turn.about for turn in talk.state.said.turns} == {A}


@pytest.mark.parametrize("answer", ["almost", "added", "added: I did not say angry", "tone"])
def test_not_quite_that_leaves_nothing(answer: str) -> None:
    talk = Talk(f"{SENDING} | A send S | B mirror m1 | A check {answer}")
    assert talk.at == "mirror"
    talk.run("B mirror m2 | A check yes")
    assert talk.kept[2:] == [("send", "A", "S"), ("mirror", "B", "m2")]


def test_after_three_not_quites_in_a_row_the_piece_may_be_left() -> None:
    talk = Talk(f"{SENDING} | A send S | B mirror m | A check tone | B mirror m | A check tone")
    assert "skip" not in talk.can(A)
    assert not talk.state.exercise.places[talk.state.at.node].eight
    talk.run("B mirror m | A check almost: x")
    assert talk.state.exercise.places[talk.state.at.node].eight
    assert "skip" in talk.can(A)
    refused(talk, "B skip")
    for line in ("A skip", "B mirror m | A skip", "B mirror m | A check added | A skip"):
        left = Talk(f"{SENDING} | A send S | {MISSED}").run(line)
        # Nothing is confirmed: there is more, or it is left for today: the closing page.
        assert left.can(A) == {"more yes", "skip", "back", "more-time"}
        assert Talk(f"{SENDING} | A send S | {MISSED} | {line} | A skip").at == "appreciate"
        assert left.kept == [("topic", "A", "T"), ("mirror", "B", "t")]
        left.run(f"A more yes | {PIECE} | A more no")
        assert "skip" in left.can(A)  # what was left is not counted: one piece, no summary needed


def test_a_row_of_not_quites_ends_with_its_piece() -> None:
    talk = Talk(f"{SENDING} | {PIECE} | A more yes | A send S2 | {MISSED} | A skip")
    assert {"more yes", "more no"} < talk.can(A)
    talk.run("A more yes | A send S3")
    assert "skip" not in talk.can(A)
    talk.run("B mirror m | A check tone")
    assert "skip" not in talk.can(A)


def test_more_is_the_sender_s() -> None:
    talk = Talk(f"{SENDING} | {PIECE}")
    assert talk.can(A) == {"more yes", "more no", "back", "more-time"}
    assert talk.can(B) == {"more-time"}
    assert talk.run("A more yes").at == "send"


def test_a_summary_is_needed_after_more_than_one_piece() -> None:
    one = Talk(f"{SENDING} | {PIECE} | A more no")
    assert one.can(B) == {"summary", "more-time"}
    assert "skip" in one.can(A)
    assert one.run("A skip").at == "remember"
    two = Talk(f"{SENDING} | {PIECE} | A more yes | {PIECE} | A more no")
    assert two.can(A) == {"back", "more-time"}
    refused(two, "B validate V", "A skip", "B skip", "A remember R")
    two.run("B summary all")
    refused(two, "B summary-check yes", "A skip")
    assert two.run("A summary-check yes").at == "remember"
    assert two.kept[-1] == ("summary", "B", "all")


def test_a_summary_that_was_almost_it() -> None:
    talk = Talk(f"{SENDING} | {PIECE} | A more no | B summary all | A summary-check almost: rest")
    assert talk.can(B) == {"mirror", "more-time"}
    talk.run("B mirror the rest | A summary-check yes")
    assert talk.kept[-3:] == [
        ("summary", "B", "all"),
        ("send", "A", "rest"),
        ("mirror", "B", "the rest"),
    ]


@pytest.mark.parametrize("answer", ["added: anger", "tone"])
def test_a_summary_that_was_not_it_is_said_anew(answer: str) -> None:
    talk = Talk(f"{SENDING} | {PIECE} | A more no | B summary all | A summary-check {answer}")
    talk.run("B mirror better | A summary-check yes")
    assert talk.kept[-1] == ("summary", "B", "better")
    assert "all" not in [text for _, _, text in talk.kept]


def test_remember_is_offered_in_the_first_round_of_a_turn() -> None:
    talk = Talk(f"{SENDING} | {PIECE} | A more no | A skip")
    assert talk.can(A) == {"remember", "skip", "back", "more-time"}
    assert talk.run("A remember R").at == "validate"
    talk.run("B validate partly: some | A send S | B mirror s | A check yes | A more no | A skip")
    assert talk.at == "validate"


def test_validate_in_part_is_the_sender_s_to_answer() -> None:
    talk = Talk(f"{HEARD} | B validate partly: the dishes")
    assert talk.can(A) == {"enough", "send", "more-time"}
    refused(talk, "B enough", "B empathize E", "B validate V", "A skip")
    assert [(t.step, t.partly, t.text) for t in talk.state.said.turns][-1] == (
        "validate",
        True,
        "the dishes",
    )
    assert talk.run("A enough").at == "empathize"


def test_a_further_round_has_its_own_count() -> None:
    two = Talk(f"{SENDING} | {PIECE} | A more yes | {PIECE} | A more no | B summary s")
    two.run("A summary-check yes | A skip | B validate partly")
    two.run("A send S3 | B mirror s | A check yes | A more no")
    assert "skip" in two.can(A)  # one piece in this round, whatever there was before
    two.run("A skip | B validate partly | A send S4 | B mirror s | A check yes | A more yes")
    two.run(f"{PIECE} | A more no")
    assert "skip" not in two.can(A)
    two.run("B summary s | A summary-check yes")
    assert two.can(B) == {"validate", "validate partly", "more-time"}
    left = Talk(f"{HEARD} | B validate partly | A send S | {MISSED} | A skip")
    assert left.can(A) == {"more yes", "skip", "back", "more-time"}
    assert left.run("A skip").can(A) == {"enough", "send", "back", "more-time"}
    assert left.run("A enough").at == "empathize"


def test_empathy_comes_after_validation_and_is_the_sender_s_to_confirm() -> None:
    talk = Talk(f"{HEARD} | B validate V")
    refused(talk, "A empathize E", "B switch now", "A thanks x")
    talk.run("B empathize sad")
    refused(talk, "B empathy-check yes", "B empathize again")
    talk.run("A empathy-check almost: and ashamed | B mirror ashamed | A empathy-check yes")
    assert talk.kept[-3:] == [
        ("empathize", "B", "sad"),
        ("send", "A", "and ashamed"),
        ("mirror", "B", "ashamed"),
    ]
    other = Talk(f"{HEARD} | B validate V | B empathize angry | A empathy-check added")
    other.run("B mirror hurt | A empathy-check yes")
    assert other.kept[-1] == ("empathize", "B", "hurt")
    assert {turn.about for turn in other.state.said.turns} == {A}


def test_thanks_are_each_s_and_about_the_one_who_speaks() -> None:
    talk = Talk(f"{UNDERSTOOD} | B thanks for staying")
    refused(talk, "B thanks twice", "B switch now")
    talk.run("A skip")
    assert (talk.at, talk.state.said.turns[-1].about) == ("switch", B)


def test_switch_is_first_the_one_s_whose_reply_it_is() -> None:
    talk = Talk(f"{UNDERSTOOD} | A skip | B skip")
    assert talk.can(B) >= {"switch now", "switch book", "switch enough"}
    refused(talk, "A switch now", "A switch enough")
    talk.run("B switch now")
    refused(talk, "B switch now", "B send x")
    assert talk.can(A) == {"switch now", "switch book", "switch enough", "more-time"}
    talk.run("A switch now")
    assert (talk.at, talk.state.at.sender) == ("send", B)
    assert talk.can(B) == {"send", "more-time"}
    assert talk.state.said.topic == "T"
    talk.run("B send mine | A mirror yours")
    assert talk.state.said.waiting is not None
    assert talk.state.said.waiting.mirror is not None
    assert talk.state.said.waiting.mirror.about == B


@pytest.mark.parametrize("lines", ["B switch {}", "B switch now | A switch {}"])
def test_book_and_enough_win(lines: str) -> None:
    start = f"{UNDERSTOOD} | A skip | B skip"
    booked = Talk(f"{start} | {lines.format('book tomorrow 20:00')}")
    assert (booked.at, booked.state.at.sender) == ("heard", A)
    (agreed,) = booked.state.said.agreements
    assert (agreed.what, agreed.by, agreed.for_) == ("reply", B, A)
    assert agreed.until is not None
    assert agreed.until.isoformat() == "2026-11-23T20:00:00+00:00"
    enough = Talk(f"{start} | {lines.format('enough')}")
    assert (enough.at, enough.state.said.agreements) == ("heard", ())
    assert booked.run("B back" if lines.startswith("B switch {") else "A back").at == "switch"
    assert booked.state.said.agreements == ()


def test_appreciate_and_keep_end_it() -> None:
    talk = Talk(f"{CLOSING} | B appreciate you | A skip | quiet")
    assert talk.state.said.turns[-1].about == B
    talk.run("A keep all")
    refused(talk, "A keep nothing")
    assert "done" not in talk.effects
    talk.run("A back | A keep outcome | B keep together")
    assert talk.state.over
    assert "done" in talk.effects
    agreed = keep.kept(talk.state.said)
    assert agreed == ("outcome", True)
    assert talk.open == set()


STAGES = {
    "ready": "A ready yes",
    "settle": "A ready yes | B ready yes",
    "intention": "A ready yes | B ready yes | settle",
    "topic": BEGUN,
    "topic-mirror": f"{BEGUN} | A topic T",
    "topic-check": f"{BEGUN} | A topic T | B mirror t",
    "send": SENDING,
    "mirror": f"{SENDING} | A send S",
    "check": f"{SENDING} | A send S | B mirror s",
    "more": f"{SENDING} | {PIECE}",
    "summary": f"{SENDING} | {PIECE} | A more no",
    "summary-check": f"{SENDING} | {PIECE} | A more no | B summary s",
    "summary-mirror": f"{SENDING} | {PIECE} | A more no | B summary s | A summary-check tone",
    "remember": f"{SENDING} | {PIECE} | A more no | A skip",
    "validate": HEARD,
    "partly": f"{HEARD} | B validate partly: p",
    "round-mirror": f"{HEARD} | B validate partly: p | A send S2",
    "empathize": f"{HEARD} | B validate V",
    "empathy-check": f"{HEARD} | B validate V | B empathize E",
    "empathy-mirror": f"{HEARD} | B validate V | B empathize E | A empathy-check tone",
    "thanks": UNDERSTOOD,
    "switch": f"{UNDERSTOOD} | A skip | B skip",
    "switch-both": f"{UNDERSTOOD} | A skip | B skip | B switch now",
    "appreciate": CLOSING,
    "keep": f"{CLOSING} | A skip | B skip | quiet | A keep all",
}
CLOSED = {"appreciate", "keep"}


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("hold", ["", "pause", "time-out", "too-much", "time-out | A resume"])
def test_stop_leads_from_anywhere_to_the_closing_page(stage: str, hold: str) -> None:
    talk = Talk(STAGES[stage])
    stands = talk.state.said.standing
    at = talk.at
    talk.run(f"{hold} | stop" if hold else "A stop")
    assert talk.at == (at if stage in CLOSED else "appreciate")
    assert (talk.state.at.hold, talk.state.said.turns) == ("", stands)
    assert talk.state.said.waiting is None
    refused(talk, "A back", "B back", "A send S", "B mirror s", "B switch now", "settle")
    done = {"appreciate": "A skip | B skip | quiet | A keep all | B keep all", "keep": "B keep all"}
    assert talk.run(done["keep" if stage == "keep" else "appreciate"]).state.over
    assert "done" in talk.effects


REWOUND = {
    "topic-mirror": "topic", "topic-check": "topic", "mirror": "send", "check": "send",
    "round-mirror": "send", "summary-check": "summary", "summary-mirror": "summary",
    "empathy-check": "empathize", "empathy-mirror": "empathize",
}  # fmt: skip


@pytest.mark.parametrize("stage", STAGES)
def test_a_time_out_ends_with_each_and_rewinds_what_waits(stage: str) -> None:
    talk = Talk(STAGES[stage])
    before = talk.state
    talk.run("B time-out 20")
    assert talk.can(None) == EXITS
    assert talk.can(A) == {"resume"} == talk.can(B)
    talk.run("A resume")
    assert (talk.can(A), talk.can(B)) == (set(), {"resume"})
    refused(talk, "A resume", "A back", "A send S", "B mirror m")
    talk.run("A time-out")  # a new one clears those given
    assert talk.can(A) == {"resume"}
    assert talk.state.until is not None  # the return that was agreed still stands
    talk.run("A resume | B resume")
    assert talk.state.at.hold == ""
    assert talk.state.until == before.until
    if stage in REWOUND:
        assert talk.at == REWOUND[stage]
        assert talk.state.said.waiting is None
        assert talk.state.undo is None
        assert talk.state.said.turns == before.said.turns
    else:
        assert (talk.state.at, talk.state.said, talk.state.undo) == (
            before.at,
            before.said,
            before.undo,
        )


def test_what_is_said_again_after_a_time_out_takes_the_old_one_s_place() -> None:
    talk = Talk(f"{SENDING} | A send OLD | {MISSED} | time-out | B resume | A resume | A send NEW")
    assert "skip" not in talk.can(A)  # its not-quites begin at none
    talk.run("B mirror n | A check yes")
    assert [text for _, _, text in talk.kept] == ["T", "t", "NEW", "n"]
    guess = Talk(f"{STAGES['empathy-check']} | time-out | A resume | B resume | B empathize NEW")
    assert [text for _, _, text in guess.run("A empathy-check yes").kept][-1] == "NEW"
    assert "E" not in [text for _, _, text in guess.kept]


def test_too_much_leaves_only_time_out_and_stop() -> None:
    for before in ("", "pause | "):
        talk = Talk(f"{SENDING} | {before}too-much")
        assert (talk.can(None), talk.can(A), talk.can(B)) == ({"time-out", "stop"}, set(), set())
        refused(talk, "A resume", "pause", "too-much", "A send S")
        assert talk.run("time-out").state.at.hold == "time-out"


def test_nothing_makes_a_time_out_lighter() -> None:
    talk = Talk(f"{SENDING} | time-out 20 | A resume")
    before = talk.state
    talk.run("pause | too-much | B pause | A too-much")
    assert talk.state == before
    talk = Talk(f"{SENDING} | A send S | pause | time-out")
    assert talk.run("A resume").state.at.hold == "time-out"


@pytest.mark.parametrize("who", ["A", "B"])
def test_a_pause_ends_with_either_and_rewinds_nothing(who: str) -> None:
    talk = Talk(f"{SENDING} | A send S | pause")
    assert talk.can(None) == EXITS
    talk.run("pause")
    talk.run(f"{who} resume")
    assert talk.at == "mirror"
    assert talk.state.said.waiting is not None
    assert talk.run("A back").at == "send"  # a resume is not what is taken back


def test_slower_while_the_sender_sends_and_before_the_mirror() -> None:
    slow = {name for name, lines in STAGES.items() if "slower" in Talk(lines).can(B)}
    assert slow == {"topic", "topic-mirror", "send", "mirror", "round-mirror"}
    assert not any("slower" in Talk(lines).can(A) for lines in STAGES.values())
    talk = Talk(f"{SENDING} | A send LONG | {MISSED} | B slower")
    assert (talk.at, talk.state.said.waiting, talk.state.undo) == ("send", None, None)
    talk.run("A send short")
    assert "skip" not in talk.can(A)
    assert [t.text for t in talk.run("B mirror m | A check yes").state.said.turns][2] == "short"


def test_more_time_counts_when_both_want_it() -> None:
    talk = Talk(f"{SENDING} | A more-time")
    assert "more-time" not in talk.effects
    refused(talk, "A more-time")
    talk.run("B more-time")
    assert "more-time" in talk.effects
    assert {"more-time"} <= talk.can(A) & talk.can(B)
    talk.run("A more-time | A send S | B more-time")
    assert "more-time" not in talk.effects


def test_back_is_for_the_one_who_made_the_step_until_the_other_made_one() -> None:
    talk = Talk(f"{SENDING} | A send S")
    refused(talk, "B back")
    talk.run("B mirror m")
    refused(talk, "A back")
    talk.run("B back")
    assert talk.at == "mirror"
    assert talk.state.said.waiting is not None
    assert talk.state.said.waiting.mirror is None
    refused(talk, "B back", "A back")  # one step
    talk.run("B mirror m2 | A check yes | A more no | A back")
    assert talk.at == "more"
    refused(talk, "A back")


def test_back_is_never_an_exit_or_more_time() -> None:
    talk = Talk(f"{SENDING} | A send S | B more-time | A more-time | pause | B resume | A back")
    assert (talk.at, talk.state.at.hold, talk.state.said.waiting) == ("send", "", None)
    refused(Talk(f"{SENDING} | stop"), "A back", "B back")
    held = Talk(f"{SENDING} | A send S | pause")
    refused(held, "A back")


def test_what_is_taken_back_is_nowhere() -> None:
    talk = Talk(f"{SENDING} | A send SECRET | A back | A send other")
    assert "SECRET" not in repr(talk.state)
    talk = Talk(f"{SENDING} | A send SECRET | B slower")
    assert "SECRET" not in repr(talk.state)


def test_a_time_that_goes_with_another_answer_is_no_agreement() -> None:
    talk = Talk(f"{UNDERSTOOD} | A skip | B skip")
    event = talk.event("B switch enough")
    talk.take(type(event)(event.step, B, None, event.answer, NOW))
    assert talk.state.said.agreements == ()


def test_silly_ends_with_nothing_to_keep() -> None:
    talk = Talk("A send x | B mirror x | A check yes | B switch enough", "silly")
    assert talk.state.over
    assert "over" in talk.effects
    assert Talk("A send x | stop", "silly").state.over

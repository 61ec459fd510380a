"""The gate once more, told from outside: what people did, in the words of the contract.

It knows steps, answers and who took them, and neither the move table nor the engine's counts. The
walks and the random talks hold the engine against it.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple

from imago_tui.dialogue.engine import Control, Open, advance, open_at
from imago_tui.dialogue.state import At

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imago_tui.dialogue.exercise import Exercise

EXITS = ("pause", "time-out", "too-much", "stop")
HEARD_ROWS = {"wish", "request"}
"""Rows that are given back, each a piece of its own."""
PIECES = {"topic", "send", *HEARD_ROWS}
CHECKS = {"check": "piece", "summary-check": "summary", "empathy-check": "guess"}
ENDING = {"appreciate", "quiet", "rest", "keep", "around"}
OWN = {"owning", "limit"}
"""What the Receiver says of themself, once the other one was heard."""
FREE = {"settle", "intention", "differently", "thanks", "heard", "read", *ENDING}
"""Steps of each or either that carry no answer to anything."""
SENDERS = {*PIECES, *CHECKS, "more", "enough"}
RECEIVERS = {"mirror", "summary", "validate", "empathize", *OWN}


class Rules(NamedTuple):
    """What an exercise has of the whole way; for how many people."""

    consents: bool
    understands: bool
    keeps: bool
    people: int = 2

    @classmethod
    def of(cls, exercise: Exercise) -> Rules:
        steps = {move.step for place in exercise.places.values() for move in place.moves}
        understands = bool(steps & {"validate", "empathize"})
        return cls("ready" in steps, understands, "keep" in steps, 1 if exercise.alone else 2)


class Watch(NamedTuple):
    """What somebody at the side of the table has seen. ``given``: the Receiver's words are out;
    ``part``: so far a part of it makes sense.
    """

    sender: int = 0
    waiting: str = ""
    given: bool = False
    misses: int = 0
    topic: bool = False
    round: str = ""
    pieces: int = 0
    summed: bool = False
    due: bool = False
    validated: str = ""
    part: bool = False
    felt: bool = False
    ready: frozenset[int] = frozenset()
    wants: bool = False
    kept: frozenset[int] = frozenset()
    closing: bool = False
    hold: str = ""
    resumed: frozenset[int] = frozenset()
    undo: tuple[int, Watch] | None = None
    people: int = 2

    @property
    def heard(self) -> bool:
        return not self.waiting and self.pieces > 0 and (self.pieces == 1 or self.summed)

    def seen(self, opened: Open, *, swapped: bool, table: bool, stage: str) -> Watch:
        """What it knows after a step. ``swapped``: roles changed; ``table``: it can be undone."""
        who, step = opened.who, opened.step
        if self.hold or step in EXITS:
            return self._held(opened)
        if step == "back" and self.undo is not None:
            return self.undo[1]
        if step == "slower":
            dropped = self._replace(waiting="", misses=0, topic=False, undo=None)
            return dropped if self.waiting else self
        if not table or who is None:
            return self
        did = self if opened.step == "switch" else self._replace(wants=False)
        after = Watch(1 - self.sender, ready=self.ready) if swapped else did._did(opened, stage)
        return after._replace(undo=(who, self._replace(undo=None)))

    def _held(self, opened: Open) -> Watch:
        match opened.step:
            case "stop":
                kept, closing = self._replace(hold="", resumed=frozenset()), self.closing
                left = Watch(self.sender, ready=self.ready, kept=self.kept, closing=True)
                left = left._replace(people=self.people)
                return kept._replace(undo=None, waiting="") if closing else left
            case "time-out":
                return self._replace(hold="time-out", resumed=frozenset())
            case "pause" | "too-much" if self.hold in {"time-out", opened.step}:
                return self
            case "pause" | "too-much":
                return self._replace(hold=opened.step)
        resumed = self.resumed | ({opened.who} if opened.who is not None else set())
        if self.hold == "time-out" and len(resumed) < self.people:
            return self._replace(resumed=resumed)
        on = self._replace(hold="", resumed=frozenset())
        if self.hold == "time-out" and self.waiting:
            return on._replace(waiting="", given=False, misses=0, topic=False, undo=None)
        return on

    def _did(self, opened: Open, stage: str) -> Watch:
        step, answer = opened.step, opened.answer
        if step in HEARD_ROWS:
            row = self._replace(waiting="piece", given=False, misses=0, topic=False, round=stage)
            return row._replace(pieces=0, summed=False, due=False)
        if step in PIECES:
            fresh = self.validated or stage != self.round
            begun = Watch(self.sender, felt=self.felt, ready=self.ready, part=self.part)
            base = begun if fresh else self
            return base._replace(
                waiting="piece",
                given=False,
                misses=0,
                topic=step == "topic",
                round=stage,
                due=False,
            )
        if step in CHECKS:
            return self._checked(step) if answer == "yes" else self._missed()
        who = frozenset({opened.who}) if opened.who is not None else frozenset()
        news: dict[str, dict[str, Any]] = {
            "mirror": {"given": True},
            "more": {"due": answer == "no"},
            "skip": {"waiting": "", "given": False, "misses": 0, "topic": False, "due": False},
            "summary": {"waiting": "summary", "given": True, "misses": 0},
            "empathize": {"waiting": "guess", "given": True, "misses": 0},
            "validate": {"validated": answer or "full", "part": answer is not None, "due": False},
            "enough": {"validated": "full", "part": False},
            "ready": {"ready": self.ready | who if answer == "yes" else self.ready},
            "switch": {"wants": answer == "now"},
            "keep": {"kept": self.kept | who, "closing": True},
        }
        closing = {"closing": self.closing or step in ENDING}
        return self._replace(**news.get(step, closing))

    def _missed(self) -> Watch:
        return self._replace(given=False, misses=min(self.misses + 1, 3))

    def _checked(self, step: str) -> Watch:
        done = self._replace(waiting="", given=False, misses=0, topic=False)
        if step == "check":
            return done._replace(pieces=min(self.pieces + 1, 2), summed=False)
        if step == "summary-check":
            return done._replace(summed=True, due=False)
        return done._replace(felt=True)


def breaches(
    watch: Watch, rules: Rules, opened: Open, *, swapped: bool, table: bool, stage: str
) -> Iterator[str]:
    """Every rule of the gate that this step would break."""
    step, who = opened.step, opened.who
    senders = who == watch.sender
    if watch.hold:
        good = {"too-much": {"time-out", "stop"}}.get(watch.hold, {*EXITS, "resume"})
        if step not in good:
            yield "acted in a hold"
        return
    if step == "back" and (watch.undo is None or watch.undo[0] != who):
        yield "took back what was not theirs"
    if step == "slower" and (senders or watch.given):
        yield "slower out of place"
    if not table:
        return
    skips = step == "skip" and stage in FREE
    content = step not in {"ready", *ENDING} and not skips
    if content and rules.consents and len(watch.ready) < 2:
        yield "begun without both"
    if content and watch.closing:
        yield "content after the close"
    if (step in SENDERS and not senders) or (step in RECEIVERS and senders):
        yield "not their step"
    if step in PIECES and watch.round != stage and not (watch.heard or not watch.pieces):
        yield "a round was left"
    yield from _waits(watch, opened, senders=senders)
    if not skips:
        yield from _answers(watch, opened, senders=senders)
    if swapped and not _turn(watch, rules, opened, senders=senders):
        yield "the other one's turn too soon"


def _waits(watch: Watch, opened: Open, *, senders: bool) -> Iterator[str]:
    """While something waits, the Receiver mirrors and the Sender says whether that was it."""
    step = opened.step
    if not watch.waiting:
        if step == "mirror" or step in CHECKS:
            yield "nothing to mirror"
    elif step == "mirror":
        if watch.given:
            yield "mirrored twice"
    elif step in CHECKS:
        if not watch.given or CHECKS[step] != watch.waiting:
            yield "checked what is not there"
    elif step != "skip" or not senders or watch.misses < 3:
        yield "something waits"
    elif watch.waiting != "piece" or watch.topic:
        yield "this can't be left"


def _answers(watch: Watch, opened: Open, *, senders: bool) -> Iterator[str]:
    match opened.step, opened.answer:
        case "validate", _ if not watch.heard:
            yield "an answer before all was heard"
        case own, _ if own in OWN and not (watch.heard or watch.validated == "full"):
            yield "an answer before all was heard"
        case "gift", _ if watch.validated not in {"", "full"}:
            yield "a gift before validation"
        case "empathize", _ if watch.validated != "full":
            yield "empathy before validation"
        case "enough", _ if watch.validated != "partly" and not (watch.part and not watch.pieces):
            yield "enough of nothing"
        case "more", "no" if not watch.pieces:
            yield "that's all, of nothing"
        case "skip", _ if watch.due and not (senders and watch.pieces == 1):
            yield "a summary was needed"
        case "switch", _ if senders != watch.wants:
            yield "whose reply it is comes first"
        case "keep", _ if opened.who in watch.kept:
            yield "answered for the other"
        case "ready", _ if opened.who in watch.ready:
            yield "answered for the other"


def _turn(watch: Watch, rules: Rules, opened: Open, *, senders: bool) -> bool:
    both = watch.wants and senders and (opened.step, opened.answer) == ("switch", "now")
    understood = watch.validated == "full" and watch.felt
    unheard = watch.waiting or (watch.pieces > 1 and not watch.summed)
    return both and not unheard and (understood or not rules.understands)


def ended(watch: Watch, rules: Rules, opened: Open) -> str:
    """What was not as it should when a talk ends with this step."""
    put_off = opened.step == "ready" and not watch.closing and not watch.round
    if not rules.keeps or put_off or len(watch.kept | {opened.who}) == rules.people:
        return ""
    return "ended and nobody was asked what to keep"


class Stop(NamedTuple):
    control: Control
    watch: Watch


def watched(
    exercise: Exercise, *, exits: bool = True
) -> tuple[dict[Stop, tuple[Open, ...]], set[str]]:
    """Every state with what the watcher knows there, what is open there, and every breach.

    Not ``exits``: holds and stops are left out (what leads through them is the same everywhere).
    """
    rules = Rules.of(exercise)
    start = Stop(Control(At(exercise.start)), Watch(people=rules.people))
    found: dict[Stop, tuple[Open, ...]] = {}
    broken: set[str] = set()
    todo = deque([start])
    while todo:
        here = todo.popleft()
        if here in found:
            continue
        found[here] = open_at(exercise, here.control)
        for opened in found[here]:
            if not exits and opened.step in {*EXITS, "more-time"}:
                continue
            done = advance(exercise, here.control, opened)
            table, swapped = done.move is not None, _swapped(here.control, done.control, opened)
            stage = here.control.at.node.stage
            broken |= set(
                breaches(here.watch, rules, opened, swapped=swapped, table=table, stage=stage)
            )
            over = exercise.places[done.control.at.node].over
            if over and not exercise.places[here.control.at.node].over:
                broken |= {ended(here.watch, rules, opened)} - {""}
            todo.append(
                Stop(
                    done.control, here.watch.seen(opened, swapped=swapped, table=table, stage=stage)
                )
            )
    return found, broken


def _swapped(before: Control, after: Control, opened: Open) -> bool:
    return opened.step != "back" and after.at.sender != before.at.sender

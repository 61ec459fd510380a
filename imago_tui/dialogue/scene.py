"""What both may see now: whose turn, one job, stems, choices, what is shown, what comes next.

A scene is a value that every front end draws in its own way; it holds no rule. One press may stand
for several steps: aloud, a whole round is the Sender's one press (send, mirror, check, more).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from imago_tui.dialogue.engine import Open, allowed, persons
from imago_tui.dialogue.events import EXITS, PERSONS
from imago_tui.dialogue.moves import By, Op
from imago_tui.dialogue.stage import Face
from imago_tui.dialogue.telling import Named, face_of, next_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from imago_tui.dialogue.moves import Move, Place
    from imago_tui.dialogue.state import State, Turn

Names = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Draft:
    """A step as a choice takes it; words or a time are still to come where ``wants`` says so."""

    step: str
    who: int
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One press. ``wants``: "", "words" (may carry some) or "when". ``into``: finer choices."""

    key: str
    drafts: tuple[Draft, ...] = ()
    wants: str = ""
    into: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """The table as both may see it. Persons are 0 and 1; texts have their names filled in.

    ``turn``: whose step it is; ``lit``: who has something to do now, as a Sender has who says a
    part once more before it is given back. ``writer``: who may type here instead of saying it
    aloud, and ``writes`` the step typed words become. ``choices``: by person. ``exhibit``: words to
    stand side by side (a piece, its mirror); ``hidden``: they are kept back while a mirror is
    typed.
    ``seconds``: length of a quiet while. ``eight``: "say it in eight words" is offered. ``aloud``:
    a press comes after what is said and given back aloud; ``echo``: how the other may begin then.
    ``roles``: one speaks and one listens; not where each of them answers or says something.
    """

    stage: str
    place: str
    sender: int
    turn: frozenset[int]
    ask: str
    listen: str
    stems: tuple[str, ...]
    help: tuple[str, ...]
    next: str
    choices: tuple[tuple[Choice, ...], tuple[Choice, ...]] = ((), ())
    writer: frozenset[int] = frozenset()
    writes: str = ""
    exhibit: tuple[Turn, ...] = ()
    hidden: bool = False
    topic: str | None = None
    lit: frozenset[int] = frozenset()
    hold: str = ""
    resumed: frozenset[int] = frozenset()
    seconds: int = 0
    eight: bool = False
    aloud: bool = False
    echo: str = ""
    roles: bool = True
    open: frozenset[Open] = field(default_factory=frozenset)
    closing: bool = False
    over: bool = False


def scene(
    state: State, names: Names, *, typing: int | None = None, revealed: bool = False
) -> Scene:
    """The scene of a state. ``typing``: the person whose field is open; ``revealed``: the words
    hidden from the one who types a mirror are shown again.
    """
    exercise, at = state.exercise, state.at
    place = exercise.places[at.node]
    face = face_of(state, place)
    fallback = exercise.faces.get("default", Face())
    say = Named(names, at.sender)
    now_open = frozenset(allowed(state))
    choices = tuple(tuple(_choices(state, place, who, typing)) for who in PERSONS)
    writer, writes = _writer(place, at.sender) if not at.hold else (frozenset(), "")
    eight = exercise.faces.get("eight-words", Face()) if place.eight else Face()
    exhibit = _exhibit(state)
    mirroring = typing is not None and writes == "mirror"
    chained = _chain(state, place) if typing is None and not at.hold else None
    turn = _turn(place, at.sender, at.hold, at.resumed)
    return Scene(
        stage=at.node.stage,
        place=at.node.name,
        sender=at.sender,
        turn=turn,
        ask=say(face.ask),
        listen=say(face.listen),
        stems=tuple(say(stem) for stem in (*eight.stems, *face.stems)),
        help=tuple(say(line) for line in (face.help or fallback.help)),
        next=next_of(state, place, face, fallback, names),
        choices=(choices[0], choices[1]),
        writer=writer,
        writes=writes,
        exhibit=() if mirroring and not revealed else exhibit,
        hidden=mirroring and not revealed and bool(exhibit),
        topic=state.said.topic,
        lit=turn | ({at.sender} if place.missed and chained is not None else frozenset()),
        hold=at.hold,
        resumed=at.resumed,
        seconds=state.stage.seconds if state.stage is not None else 0,
        eight=place.eight,
        aloud=chained is not None,
        echo=say(_echo(state, place)) if chained is not None else "",
        roles=not at.hold and state.stage is not None and state.stage.by not in {"each", "either"},
        open=now_open,
        closing=place.closing,
        over=place.over,
    )


def exits(scene: Scene) -> tuple[str, ...]:
    """The ways out that are open and would change something, in the order they are shown in."""
    held = {"": (), "pause": ("pause",), "time-out": ("pause", "too-much")}
    idle = held.get(scene.hold, (scene.hold,))
    now_open = {one.step for one in scene.open}
    return tuple(
        step
        for step in EXITS
        if step in now_open and step not in idle and not (step == "stop" and scene.closing)
    )


def _turn(place: Place, sender: int, hold: str, resumed: frozenset[int]) -> frozenset[int]:
    """Whose step it is now: whoever has the main road's move, both where each answers."""
    if hold:
        return frozenset(PERSONS) - resumed
    owners = {
        who for move in place.moves if move.step != "skip" for who in persons(move.by, sender)
    }
    return frozenset(owners)


def _writer(place: Place, sender: int) -> tuple[frozenset[int], str]:
    spoken = [move for move in place.moves if move.spoken]
    if not spoken:
        return frozenset(), ""
    who = frozenset(person for move in spoken for person in persons(move.by, sender))
    return who, spoken[0].step


def _exhibit(state: State) -> tuple[Turn, ...]:
    """The words that wait for a mirror or a check, as far as they were typed."""
    waiting = state.said.waiting
    if waiting is None or state.at.hold:
        return ()
    mirror = (waiting.mirror,) if waiting.mirror else ()
    return tuple(turn for turn in (*waiting.turns, *mirror) if turn.text is not None)


def _echo(state: State, place: Place) -> str:
    """How the Receiver may begin to give back what the Sender says now, in the same round."""
    said = next(move for move in place.moves if move.spoken)
    if said.by is not By.SENDER:
        return ""
    return next(iter(state.exercise.face(said.to).stems), "")


def _choices(state: State, place: Place, who: int, typing: int | None) -> Iterator[Choice]:
    """What ``who`` may press."""
    at = state.at
    if at.hold:
        if Open("resume", who) in allowed(state):
            yield Choice("resume", (Draft("resume", who),))
        return
    mine = [move for move in place.moves if who in persons(move.by, at.sender)]
    chained = _chain(state, place) if typing is None else None
    heard = _heard(state, *chained, who) if chained and who == at.sender else ()
    spoken = bool(place.moves) and place.moves[0].spoken
    others = _others(state, place, who, mine, chained=chained is not None, typing=typing)
    # The main road comes first.
    yield from heard if spoken else others
    yield from others if spoken else heard


def _others(
    state: State,
    place: Place,
    who: int,
    mine: Sequence[Move],
    *,
    chained: bool,
    typing: int | None,
) -> Iterator[Choice]:
    """The choices beside what is said and heard aloud in one press."""
    for move in mine:
        if typing is not None and move.spoken:
            continue
        if chained and move.op in {Op.OPEN, Op.MIRROR}:
            continue
        if (checks := _checks(place)) and move in checks:
            if move is checks[0]:
                yield from _heard(state, (), place, who)
            continue
        yield from _single(state, place, move, who)


def _single(state: State, place: Place, move: Move, who: int) -> Iterator[Choice]:
    stage = state.stage
    draft = Draft(move.step, who, move.answer)
    if move.step == "skip":
        if stage is not None and stage.kind == "still":
            return
        key = "leave-piece" if move.op is Op.DROP else f"{place.node.name}.skip"
        yield Choice(key, (draft,))
    elif move.spoken:
        yield Choice("partly" if move.answer == "partly" else "said", (draft,))
    elif move.answer is None:
        yield Choice(move.step, (draft,))
    else:
        wants = "when" if move.when else ""
        yield Choice(f"{move.step}.{move.answer}", (draft,), wants)


def _checks(place: Place) -> tuple[Move, ...]:
    return tuple(move for move in place.moves if move.op in {Op.CONFIRM, Op.ALMOST, Op.REDO})


def _chain(state: State, place: Place) -> tuple[tuple[Draft, ...], Place] | None:
    """Aloud, the steps from here to the Sender's check, and the place of that check."""
    drafts: list[Draft] = []
    sender = state.at.sender
    here = place
    while True:
        aloud = next((move for move in here.moves if move.spoken), None)
        if aloud is None or aloud.op not in {Op.OPEN, Op.MIRROR}:
            return (tuple(drafts), here) if drafts and _checks(here) else None
        drafts.append(Draft(aloud.step, persons(aloud.by, sender)[0]))
        here = state.exercise.places[aloud.to]


def _heard(state: State, drafts: tuple[Draft, ...], place: Place, who: int) -> Iterator[Choice]:
    """The Sender's answers at a check, with "is there more?" in the same press."""
    yes, *others = _checks(place)
    drafted = (*drafts, Draft(yes.step, who, "yes"))
    beyond = state.exercise.places[yes.to]
    further = [move for move in beyond.moves if move.step == "more"]
    if further:
        for move in further:
            more = Draft(move.step, who, move.answer)
            yield Choice(f"{yes.step}.yes+more.{move.answer}", (*drafted, more))
    else:
        yield Choice(f"{yes.step}.yes", drafted)
    finer = tuple(
        Choice(
            move.answer or "",
            (*drafts, Draft(move.step, who, move.answer)),
            "words" if move.optional_words else "",
        )
        for move in others
    )
    if finer:
        yield Choice("not-quite", into=finer)

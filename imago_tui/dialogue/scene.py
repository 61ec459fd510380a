"""What both may see now: whose turn, one job, stems, choices, what is shown, what comes next.

A scene is a value that every front end draws in its own way; it holds no rule. One press may stand
for several steps: aloud, a whole round is the Sender's one press (send, mirror, check, more).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from imago_tui.dialogue.engine import Open, allowed, persons
from imago_tui.dialogue.events import EXITS, PERSONS
from imago_tui.dialogue.manner import Manner
from imago_tui.dialogue.moves import By
from imago_tui.dialogue.presses import Choice, Draft, chain, choices
from imago_tui.dialogue.stage import Face
from imago_tui.dialogue.telling import Named, face_of, listed, next_of, owner

if TYPE_CHECKING:
    from imago_tui.dialogue.moves import Place
    from imago_tui.dialogue.stage import Column
    from imago_tui.dialogue.state import State, Turn

__all__ = ["LEAVE", "Choice", "Draft", "Manner", "Names", "Scene", "scene", "ways_out"]

Names = tuple[str, str]

LEAVE = "leave"
"""A way out that is no step: the table is left as it stands, and the talk can be gone on with."""


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
    ``again``: other ways to say it, for ``waits``, whose typed words the other one has not answered
    yet: they may still take them back.
    ``columns``: what is typed here is a row of these fields. ``loop``: what stands in ``exhibit``
    is a circle of two. ``roles``: one speaks and one listens; not where each of them answers or
    says something. ``put_off``: it is over before it began.
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
    again: tuple[str, ...] = ()
    waits: int | None = None
    columns: tuple[Column, ...] = ()
    loop: bool = False
    roles: bool = True
    open: frozenset[Open] = field(default_factory=frozenset)
    closing: bool = False
    over: bool = False
    put_off: bool = False


def scene(
    state: State,
    names: Names,
    *,
    typing: int | None = None,
    revealed: bool = False,
    manner: Manner = Manner(),  # noqa: B008  a value
) -> Scene:
    """The scene of a state. ``typing``: the person whose field is open; ``revealed``: the words
    hidden from the one who types a mirror are shown again.
    """
    exercise, at = state.exercise, state.at
    place = exercise.places[at.node]
    face = face_of(state, place)
    fallback = exercise.faces.get("default", Face())
    say = Named(names, at.sender, owner(place, at.sender))
    now_open = frozenset(allowed(state))
    pressed = tuple(tuple(choices(state, place, who, typing, manner)) for who in PERSONS)
    writer, writes = _writer(place, at.sender) if not at.hold else (frozenset(), "")
    eight = exercise.faces.get("eight-words", Face()) if place.eight else Face()
    exhibit = _exhibit(state) or listed(state, place)
    mirroring = typing is not None and writes == "mirror"
    chained = chain(state, place, manner) if typing is None and not at.hold else None
    turn = _turn(state, place)
    waits = _waits(state, turn)
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
        choices=(pressed[0], pressed[1]),
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
        again=tuple(say(stem) for stem in _again(state, waits)),
        waits=waits,
        columns=next((move.columns for move in place.moves if move.columns), ()),
        loop=state.stage is not None and state.stage.loop,
        roles=not at.hold and state.stage is not None and state.stage.by in {"sender", "receiver"},
        open=now_open,
        closing=place.closing,
        over=place.over,
        put_off=state.put_off,
    )


def ways_out(scene: Scene, *, at_once: bool = False) -> tuple[str, ...]:
    """What somebody who has had enough may choose, in the order it is shown in: exits, and `LEAVE`.

    The table can be left where nothing goes on at it: while it is held, and on the closing page.
    ``at_once``: asked as soon as it was too much. Then a talk that has just been held is not left
    yet: what too much leads to is a time-out, or a stop.
    """
    leaves = scene.closing or (bool(scene.hold) and not at_once)
    return (*_exits(scene), LEAVE) if leaves else _exits(scene)


def _exits(scene: Scene) -> tuple[str, ...]:
    """The exits that are open and would change something."""
    held = {"": (), "pause": ("pause",), "time-out": ("pause", "too-much")}
    idle = held.get(scene.hold, (scene.hold,))
    now_open = {one.step for one in scene.open}
    return tuple(
        step
        for step in EXITS
        if step in now_open and step not in idle and not (step == "stop" and scene.closing)
    )


def _turn(state: State, place: Place) -> frozenset[int]:
    """Whose step it is now: whoever has the main road's move, both where each answers."""
    at = state.at
    if at.hold:
        return frozenset(state.exercise.people(at.sender)) - at.resumed
    owners = {
        who for move in place.moves if move.step != "skip" for who in persons(move.by, at.sender)
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


def _waits(state: State, turn: frozenset[int]) -> int | None:
    """Whose typed words wait for the other one, while they may still be taken back."""
    undo, waiting = state.undo, state.said.waiting
    if state.at.hold or undo is None or undo.who in turn or waiting is None:
        return None
    words = waiting.mirror or waiting.turns[-1]
    return undo.who if words.who == undo.who and words.text is not None else None


def _again(state: State, waits: int | None) -> tuple[str, ...]:
    """Other ways to say what waits: the lines of the place where it was said."""
    if waits is None or state.undo is None:
        return ()
    first, *others = state.exercise.face(state.undo.at.node).stems or ("",)
    return (*others, first) if first else ()

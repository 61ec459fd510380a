"""A dialogue as it is kept. Plain data: reading and writing it is for others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

if TYPE_CHECKING:
    from datetime import datetime

Room = Literal["shared", "together", "private"]
State = Literal["done", "unfinished"]
Kept = Literal["all", "together", "outcome"]
KeptAs = Literal["done", "unfinished", "together"]
KEPT_AS: tuple[KeptAs, ...] = get_args(KeptAs)

UNLISTED = frozenset({"intimacy"})
"""Themes of which a list says that there was a talk, and never what it was about."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Something one of them said.

    Args:
        n: counts from 1 within the dialogue, without gaps.
        step: one of the recorded steps, "send" for instance.
        who: name of the one who said it.
        about: name of the one whose inner world it carries; a mirror is about the Sender.
        text: what was typed, code point by code point; None when it was said aloud.
        aloud: whether it was said aloud.
        partly: at "validate": only what made sense so far.
    """

    n: int
    step: str
    who: str
    about: str
    text: str | None
    aloud: bool
    partly: bool = False

    def to_json(self) -> dict[str, Any]:
        """As `journal show` says it."""
        said: dict[str, Any] = {
            "n": self.n,
            "step": self.step,
            "who": self.who,
            "about": self.about,
            "text": self.text,
            "aloud": self.aloud,
        }
        if self.step == "validate":
            said["partly"] = self.partly
        return said


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was agreed: `by` does it, for `for_`, until a time in words or ISO 8601."""

    what: str | None
    by: str
    for_: str | None = None
    until: str | None = None

    def to_json(self) -> dict[str, Any]:
        """As `journal show` says it."""
        return {"what": self.what, "by": self.by, "for": self.for_, "until": self.until}


@dataclass(frozen=True, kw_only=True)
class Head:
    """What a list says of a dialogue.

    Args:
        id: 16 hexadecimal digits.
        room: where it stands.
        exercise: name of the exercise.
        topic: None when said aloud, while unfinished, or when it is sealed.
        started, ended: with offset; ended is None while unfinished. What is shown of them ends
            with the second; the rest tells which of two that began in the same one came later.
        state: done or unfinished.
        older_copy: an older file than the one kept here before has come back.
    """

    id: str
    room: Room
    exercise: str
    topic: str | None
    started: datetime
    ended: datetime | None
    state: State
    older_copy: bool = False

    @property
    def kept_as(self) -> KeptAs:
        """How it stands here: done, unfinished, or only for both together."""
        return "together" if self.room == "together" else self.state

    def list_json(self) -> dict[str, Any]:
        """As `journal list` says it."""
        done = self.state == "done"
        return {
            "id": self.id,
            "room": self.room,
            "exercise": self.exercise,
            "topic": self.topic if done else None,
            "started": self.started.isoformat(timespec="seconds"),
            "ended": self.ended.isoformat(timespec="seconds") if self.ended and done else None,
            "state": self.state,
        }


@dataclass(frozen=True, kw_only=True)
class Entry(Head):
    """A whole dialogue.

    Args:
        partners: both names, in the order of the journal.
        kept: what both agreed to keep; None while unfinished, and while it is sealed.
        theme: which of the topics that are offered it is about; None where none was chosen.
        agreements, turns: what stays.
        log: while unfinished, what happened so far, as the caller wants it back: objects that
            JSON can say.
        draft: while unfinished, what stands half-typed: who, step, text.
        revision: how often it was written.
        sealed: a together entry that is not open: only its head can be read.
    """

    partners: tuple[str, str]
    kept: Kept | None = None
    theme: str | None = None
    agreements: tuple[Agreement, ...] = ()
    turns: tuple[Turn, ...] = ()
    log: tuple[dict[str, Any], ...] = ()
    draft: dict[str, Any] | None = None
    revision: int = 0
    sealed: bool = False

    @property
    def listed(self) -> str | None:
        """The topic as a list may show it."""
        return None if self.theme in UNLISTED else self.topic

    def head(self) -> Head:
        """What a list says of it."""
        return Head(
            id=self.id,
            room=self.room,
            exercise=self.exercise,
            topic=self.listed,
            started=self.started,
            ended=self.ended,
            state=self.state,
            older_copy=self.older_copy,
        )

    def show_json(self) -> dict[str, Any]:
        """As `journal show` says it."""
        said: dict[str, Any] = {
            **self.list_json(),
            # One who is alone has a partner without a name.
            "partners": [name for name in self.partners if name],
            "kept": self.kept,
            "agreements": [one.to_json() for one in self.agreements],
            "turns": [one.to_json() for one in self.turns],
        }
        return said if self.theme is None else {**said, "theme": self.theme}


NoteKind = Literal[
    "appointment", "parked", "thanks", "thanked", "asked", "let-go", "looked-back", "path"
]
NOTES: tuple[NoteKind, ...] = get_args(NoteKind)


@dataclass(frozen=True, kw_only=True)
class Note:
    """Something small that is kept beside the dialogues and never listed among them.

    Args:
        id: 16 hexadecimal digits.
        kind: an appointment (a dialogue put off until `when`), a parked topic (`text` by `who`), or
            one of those that `notes` tells of.
        made: when it was written.
        when: time of the dialogue, with offset.
        exercise: which exercise the appointment is for, if that was said.
        who: name of the one who parked the topic or asked for the time, if known.
        text: the topic.
        about: what it speaks of, where that is another file or something that was agreed.
    """

    id: str
    kind: NoteKind
    made: datetime
    when: datetime | None = None
    exercise: str | None = None
    who: str | None = None
    text: str | None = None
    about: str | None = None
    revision: int = 0

"""The form of what is read from the files of entries: exactly what this program writes.

A field more needs a higher schema number, so that an older version never drops what it doesn't
know by writing a file anew.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from imago_tui.journal.entry import NoteKind

SCHEMA = 2
"""The newest form. What an older version can read too is still written as 1."""


def newer(body: dict[str, Any]) -> bool:
    """Whether a newer version wrote this: then it is told, and nothing of it is touched."""
    schema = body.get("schema")
    return type(schema) is int and schema > SCHEMA


Id = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]


def _is_time(text: str) -> str:
    if datetime.fromisoformat(text).tzinfo is None:
        raise ValueError
    return text


Time = Annotated[str, Field(max_length=40), AfterValidator(_is_time)]
Short = Annotated[str, Field(max_length=1000)]
Partners = Annotated[list[Short], Field(min_length=2, max_length=2)]


class Strict(BaseModel):
    """Nothing more, nothing less, nothing converted; what is refused is never quoted."""

    model_config = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True, frozen=True)


class TurnForm(Strict):
    """A turn."""

    n: Annotated[int, Field(ge=1)]
    step: Short
    who: Short
    about: Short
    text: str | None
    aloud: bool
    partly: bool = False


class AgreementForm(Strict):
    """An agreement."""

    what: str | None
    by: Short
    for_: Annotated[Short | None, Field(alias="for")]
    until: Short | None


class DraftForm(Strict):
    """Something half-typed."""

    who: Short
    step: Short
    text: str


class Stamp(Strict):
    """What every file repeats of its own name and place."""

    schema_: Annotated[Literal[1, 2], Field(alias="schema")]
    id: Id
    revision: Annotated[int, Field(ge=1)]


class TogetherForm(Stamp):
    """The words of a dialogue: the rest of a shared entry, or what a together entry seals."""

    kind: Literal["together"]
    topic: str | None
    partners: Partners
    kept: Literal["all", "together", "outcome"] | None
    theme: Short | None = None
    agreements: list[AgreementForm]
    turns: list[TurnForm]


class HeadForm(Stamp):
    """What a list says of a dialogue."""

    kind: Literal["dialogue"]
    exercise: Short
    started: Time
    ended: Time | None
    state: Literal["done", "unfinished"]


class OpenForm(HeadForm):
    """A dialogue of the shared or of a private room."""

    room: Literal["shared", "private"]
    topic: str | None
    partners: Partners
    kept: Literal["all", "together", "outcome"] | None
    theme: Short | None = None
    agreements: list[AgreementForm]
    turns: list[TurnForm]
    log: list[dict[str, Any]] = Field(default_factory=list)
    draft: DraftForm | None = None


class SealedForm(HeadForm):
    """A dialogue for both together, as one key of the room opens it."""

    room: Literal["together"]
    sealed: str


class NoteForm(Stamp):
    """Something small beside the dialogues."""

    kind: NoteKind
    room: Literal["shared"]
    made: Time
    when: Time | None
    exercise: Short | None
    who: Short | None
    text: str | None
    about: Short | None = None

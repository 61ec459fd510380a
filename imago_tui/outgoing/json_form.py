"""Our JSON, out and in again without loss. Its form stands in docs/journal.md."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, ValidationError

from imago_tui.errors import ImagoError
from imago_tui.journal import strict_json
from imago_tui.journal.entry import Agreement, Entry, Turn
from imago_tui.journal.forms import AgreementForm, Id, Short, Strict, Time, TurnForm
from imago_tui.outgoing.checking import misplaced
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

KIND = "imago-tui export"
SCHEMA = 1
MOST_BYTES = 1 << 30
MOST_TOKENS = 50_000_000


class _EntryForm(Strict):
    id: Id
    room: Literal["shared", "together", "private"]
    exercise: Short
    topic: str | None
    started: Time
    ended: Time
    state: Literal["done"]
    partners: Annotated[list[Short], Field(min_length=1, max_length=2)]
    kept: Literal["all", "together", "outcome"] | None
    agreements: list[AgreementForm]
    turns: list[TurnForm]
    theme: Short | None = None


class _Form(Strict):
    kind: Literal["imago-tui export"]
    schema_: Annotated[Literal[1], Field(alias="schema")]
    words_of: list[Short]
    entries: list[_EntryForm]


def compose(entries: Sequence[Entry], words_of: Sequence[str]) -> dict[str, Any]:
    """What is written: the entries as `journal show --json` says them, and whose words are in."""
    return {
        "kind": KIND,
        "schema": SCHEMA,
        "words_of": list(words_of),
        "entries": [entry.show_json() for entry in entries],
    }


def parse(data: bytes) -> list[Entry]:
    """The entries that such a file holds.

    Raises:
        ImagoError: 2 it is no such file, or says at some place what no journal can have said; 5 a
            newer imago-tui wrote it.
    """
    try:
        body = strict_json.loads(data, MOST_BYTES, tokens=MOST_TOKENS)
        if body.get("kind") != KIND:
            raise _not_ours()
        schema = body.get("schema")
        if type(schema) is int and schema > SCHEMA:
            raise ImagoError(words("outgoing.newer"), words("outgoing.newer_hint"), 5)
        found = _Form.model_validate(body)
    except strict_json.NotOurs:
        raise _not_ours() from None
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors(include_input=False)[0]["loc"])
        raise _not_ours_at(place) from None
    entries = [_entry(one) for one in found.entries]
    for at, entry in enumerate(entries):
        if (inside := misplaced(entry)) is not None:
            raise _not_ours_at(f"entries.{at}.{inside}")
    return entries


def _entry(one: _EntryForm) -> Entry:
    first, *rest = one.partners
    return Entry(
        id=one.id,
        room=one.room,
        exercise=one.exercise,
        topic=one.topic,
        started=datetime.fromisoformat(one.started),
        ended=datetime.fromisoformat(one.ended),
        state=one.state,
        partners=(first, rest[0] if rest else ""),
        kept=one.kept,
        theme=one.theme,
        agreements=tuple(Agreement(**each.model_dump()) for each in one.agreements),
        turns=tuple(Turn(**each.model_dump()) for each in one.turns),
    )


def _not_ours_at(place: str) -> ImagoError:
    told = words("outgoing.not_ours_at", place=place)
    return ImagoError(told, words("outgoing.not_ours_hint"), 2)


def _not_ours() -> ImagoError:
    return ImagoError(words("outgoing.not_ours"), words("outgoing.not_ours_hint"), 2)

"""Entries and notes to and from the files that hold them."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from imago_tui.errors import ImagoError
from imago_tui.journal import age, padding, strict_json
from imago_tui.journal.entry import NOTES, Agreement, Entry, Note, Turn
from imago_tui.journal.forms import (
    SCHEMA,
    HeadForm,
    NoteForm,
    OpenForm,
    SealedForm,
    Stamp,
    TogetherForm,
    newer,
)
from imago_tui.journal.trouble import Trouble
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FIRST_NOTES = frozenset({"appointment", "parked"})
"""Notes that the first form knows already."""

MOST_TEXT = 8 << 20
# A sealed part grows by a third in base64, and is padded twice.
MOST_OUTER = 14 << 20
MOST_FILE = 16 << 20

Model = TypeVar("Model", bound=Stamp)


@dataclass(frozen=True)
class Keys:
    """What is at hand to open and seal entries of a room.

    Args:
        identities: keys of the room, newest first.
        members: public keys of both members, in the order of the journal.
        open_members: keys of those members whose ring is open, by their number.
        names: of both members, for entries whose own names are sealed.
        private: whether the room is one person's own; then it has no members.
    """

    identities: tuple[age.Identity, ...]
    members: tuple[str, str]
    open_members: Mapping[int, age.Identity]
    names: tuple[str, str]
    private: bool = False

    @property
    def together_open(self) -> bool:
        """Whether both rings are open."""
        return len(self.open_members) == len(self.members)

    @cached_property
    def newest(self) -> age.Recipient:
        """What new files are sealed to; working it out each time would cost a tenth of a save."""
        return self.identities[0].to_public()


def encode(what: Entry | Note, keys: Keys) -> bytes:
    """The file that holds `what`.

    Raises:
        ImagoError: status 7, too large to be kept in one piece.
        TypeError, ValueError: the log or draft holds what JSON cannot say.
    """
    return _encode_entry(what, keys) if isinstance(what, Entry) else _encode_note(what, keys)


def _encode_entry(entry: Entry, keys: Keys) -> bytes:
    body: dict[str, Any] = {
        "schema": _schema(entry),
        "kind": "dialogue",
        "id": entry.id,
        "room": entry.room,
        "revision": entry.revision,
        "exercise": entry.exercise,
        "started": entry.started.isoformat(),
        "ended": entry.ended.isoformat() if entry.ended else None,
        "state": entry.state,
    }
    spoken: dict[str, Any] = {
        "topic": entry.topic,
        "partners": list(entry.partners),
        "kept": entry.kept,
        "agreements": [one.to_json() for one in entry.agreements],
        "turns": [one.to_json() for one in entry.turns],
    }
    if entry.theme is not None:
        spoken["theme"] = entry.theme
    if entry.room == "together":
        body["sealed"] = _seal_together(entry, spoken, keys)
        return _sealed(_checked(SealedForm, body), keys, MOST_OUTER)
    body |= spoken
    if entry.state == "unfinished":
        body["log"] = list(entry.log)
        body["draft"] = entry.draft
    return _sealed(_checked(OpenForm, body), keys, MOST_TEXT)


def _schema(entry: Entry) -> int:
    """The oldest form that says all of it."""
    return 1 if entry.theme is None else 2


def _encode_note(note: Note, keys: Keys) -> bytes:
    body = {
        "schema": 1 if note.kind in FIRST_NOTES else SCHEMA,
        "kind": note.kind,
        "id": note.id,
        "room": "shared",
        "revision": note.revision,
        "made": note.made.isoformat(),
        "when": note.when.isoformat(timespec="seconds") if note.when else None,
        "exercise": note.exercise,
        "who": note.who,
        "text": note.text,
    }
    if note.about is not None:
        body["about"] = note.about
    return _sealed(_checked(NoteForm, body), keys, MOST_TEXT)


def decode(data: bytes, id_: str, keys: Keys, name: str) -> Entry | Note:
    """What the file `data` holds.

    A together entry comes back `sealed` when not both members' keys are at hand.

    Args:
        data: the file.
        id_: the id that its name says.
        keys: to open it.
        name: only for telling.

    Raises:
        Trouble: foreign, damaged, newer, or forged (other id, other form).
    """
    body = _opened(data, keys.identities, name, MOST_OUTER)
    kind = body.get("kind")
    # Whoever knows one room's keys may not put something into another.
    if (body.get("room") == "private") != keys.private:
        raise Trouble("forged", name)
    if kind in NOTES:
        return _note(_model(NoteForm, body, name, id_))
    if kind != "dialogue":
        raise Trouble("forged", name)
    if body.get("room") != "together":
        if len(data) > MOST_TEXT + (1 << 20):
            raise Trouble("too_big", name)
        found = _model(OpenForm, body, name, id_)
        return Entry(
            **_head(found),
            room=found.room,
            **_spoken(found),
            log=tuple(found.log),
            draft=found.draft.model_dump() if found.draft else None,
        )
    outer = _model(SealedForm, body, name, id_)
    if not keys.together_open:
        return Entry(**_head(outer), room="together", topic=None, partners=keys.names, sealed=True)
    inner = _open_together(outer, keys, name)
    return Entry(**_head(outer), room="together", **_spoken(inner))


def _seal_together(entry: Entry, spoken: dict[str, Any], keys: Keys) -> str:
    stamp = {
        "schema": _schema(entry),
        "kind": "together",
        "id": entry.id,
        "revision": entry.revision,
    }
    data = _padded(_checked(TogetherForm, stamp | spoken), MOST_TEXT)
    for member in reversed(keys.members):
        data = age.seal(data, [age.recipient(member)])
    return base64.b64encode(data).decode()


def _open_together(outer: SealedForm, keys: Keys, name: str) -> TogetherForm:
    try:
        data = base64.b64decode(outer.sealed, validate=True)
    except (binascii.Error, ValueError):
        raise Trouble("forged", name) from None
    data = age.unseal(data, [keys.open_members[0]], name)
    body = _opened(data, [keys.open_members[1]], name, MOST_TEXT)
    inner = _model(TogetherForm, body, name, outer.id)
    if inner.revision != outer.revision:
        raise Trouble("forged", name)
    return inner


def _checked(model: type[Stamp], body: dict[str, Any]) -> dict[str, Any]:
    """`body`, when it could be read again: better to notice now, while the old file stands."""
    try:
        model.model_validate(body)
    except ValidationError:
        # A lone surrogate alone is no reason; as it will stand in the file it may be fine.
        body = strict_json.loads(strict_json.dumps(body), MOST_OUTER)
        try:
            model.model_validate(body)
        except ValidationError as error:
            places = ", ".join(str(one["loc"]) for one in error.errors(include_input=False))
            raise ValueError(places) from None
    return body


def _padded(body: dict[str, Any], most: int) -> bytes:
    text = strict_json.dumps(body)
    # Padded text must fit what a reader takes.
    if padding.padded(len(text)) > most:
        raise ImagoError(words("journal.write.large"), words("journal.write.large_hint"), 7)
    return padding.pad_json(text)


def _sealed(body: dict[str, Any], keys: Keys, most: int) -> bytes:
    return age.seal(_padded(body, most), [keys.newest])


def _opened(
    data: bytes, identities: Sequence[age.Identity], name: str, most: int
) -> dict[str, Any]:
    text = age.unseal(data, identities, name)
    try:
        body = strict_json.loads(text, most)
    except strict_json.NotOurs:
        raise Trouble("forged", name) from None
    if newer(body):
        raise Trouble("newer", name)
    return body


def is_newer(text: bytes) -> bool:
    """Whether a newer version wrote this, which is what a file held."""
    try:
        return newer(strict_json.loads(text, MOST_OUTER))
    except strict_json.NotOurs:
        return False


def _model(model: type[Model], body: dict[str, Any], name: str, id_: str) -> Model:
    try:
        found = model.model_validate(body)
    except (ValidationError, RecursionError):
        raise Trouble("forged", name) from None
    if found.id != id_:
        raise Trouble("forged", name)
    return found


def _head(found: HeadForm) -> dict[str, Any]:
    return {
        "id": found.id,
        "exercise": found.exercise,
        "started": datetime.fromisoformat(found.started),
        "ended": datetime.fromisoformat(found.ended) if found.ended else None,
        "state": found.state,
        "revision": found.revision,
    }


def _spoken(found: OpenForm | TogetherForm) -> dict[str, Any]:
    first, second = found.partners
    return {
        "topic": found.topic,
        "partners": (first, second),
        "kept": found.kept,
        "theme": found.theme,
        "agreements": tuple(Agreement(**one.model_dump()) for one in found.agreements),
        "turns": tuple(Turn(**one.model_dump()) for one in found.turns),
    }


def _note(found: NoteForm) -> Note:
    return Note(
        id=found.id,
        kind=found.kind,
        made=datetime.fromisoformat(found.made),
        when=datetime.fromisoformat(found.when) if found.when else None,
        exercise=found.exercise,
        who=found.who,
        text=found.text,
        about=found.about,
        revision=found.revision,
    )

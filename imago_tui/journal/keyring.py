"""What the key files of one partner and of the shared room hold."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from imago_tui.journal import age, identity_file
from imago_tui.journal.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SHARED_FILE = "shared.age"
PARTNERS = 2
MOST_NAME = 200
MOST_FILE = identity_file.MOST_FILE

Number = Annotated[int, Field(ge=1, le=PARTNERS)]
Name = Annotated[str, Field(min_length=1, max_length=MOST_NAME)]
Side = Literal["left", "right"]
KeepPreset = Literal["all", "together", "outcome", "nothing"]


def ring_file(n: int) -> str:
    """The name of partner n's ring in the folder `keys`; n is 0 or 1, files count from 1."""
    return f"{n + 1}.age"


def own_file(n: int) -> str:
    """The name of the file with the keys of partner n's own room."""
    return f"{n + 1}.own.age"


def recovery_file(n: int) -> str:
    """The name of the file that partner n's recovery key opens."""
    return f"{n + 1}.recovery.age"


def _is_recipient(text: str) -> str:
    age.recipient(text)
    return text


PublicKey = Annotated[str, Field(max_length=100), AfterValidator(_is_recipient)]


class _Checked(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True, frozen=True)


class Settings(_Checked):
    """What one person set for the table. None: not said.

    `other` has room for settings that later versions know, so that this one hands them on.
    `pronoun` is asked of nobody; files that hold one have to go on opening, and it is handed on.
    """

    pronoun: Annotated[str, Field(max_length=100)] | None = None
    language: Annotated[str, Field(max_length=35)] | None = None
    help_level: Annotated[str, Field(max_length=35)] | None = None
    side: Side | None = None
    keep: KeepPreset | None = None
    other: dict[str, str | int | bool | None] = Field(default_factory=dict, max_length=64)


class Alone(_Checked):
    """Name and settings of someone who has no shared room yet; in one they stand there."""

    name: Name
    settings: Settings


class _RingInfo(_Checked):
    n: Number
    own: PublicKey
    recovery: PublicKey | None
    alone: Alone | None


class _OwnInfo(_Checked):
    n: Number


class _MemberInfo(_Checked):
    name: Name
    recipient: PublicKey
    settings: Settings


class _SharedInfo(_Checked):
    revision: Annotated[int, Field(ge=0)]
    members: Annotated[list[_MemberInfo], Field(min_length=PARTNERS, max_length=PARTNERS)]


Model = TypeVar("Model", bound=BaseModel)


def _checked(model: type[Model], info: dict[str, Any], name: str) -> Model:
    try:
        return model.model_validate(info)
    except ValidationError:
        raise Trouble("forged", f"keys/{name}") from None


@dataclass(frozen=True, slots=True)
class Ring:
    """What a passphrase opens.

    Args:
        n: whose, 0 or 1.
        member: the key by which this person belongs to shared rooms.
        own: public key of their own room, so that something can be put in while it is closed.
        recovery: their public recovery key, if they made one.
        alone: name and settings, while there is no shared room.
    """

    n: int
    member: age.Identity
    own: str
    recovery: str | None = None
    alone: Alone | None = None

    def info(self) -> dict[str, Any]:
        """What the first line of the file says."""
        return {
            "n": self.n + 1,
            "own": self.own,
            "recovery": self.recovery,
            "alone": self.alone.model_dump() if self.alone else None,
        }

    def compose(self) -> bytes:
        """The text of keys/<n>.age."""
        return identity_file.compose({"kind": "ring", **self.info()}, [self.member])

    @classmethod
    def read(cls, keys: Path, n: int, identities: Sequence[age.Identity]) -> Ring:
        """Partner n's ring.

        Raises:
            Trouble: foreign when none of `identities` opens it; or whatever else is the matter.
        """
        name = ring_file(n)
        found, secrets = identity_file.read(keys, name, "ring", identities)
        info = _checked(_RingInfo, found, name)
        if info.n != n + 1 or len(secrets) != 1:
            raise Trouble("forged", f"keys/{name}")
        return cls(n, secrets[0], info.own, info.recovery, info.alone)


def compose_own(n: int, identities: Sequence[age.Identity]) -> bytes:
    """The text of keys/<n>.own.age: the keys of partner n's own room, newest first."""
    return identity_file.compose({"kind": "own", "n": n + 1}, identities)


def read_own(keys: Path, n: int, identities: Sequence[age.Identity]) -> list[age.Identity]:
    """The keys of partner n's own room, newest first.

    Raises:
        Trouble: whatever is the matter with the file.
    """
    name = own_file(n)
    found, secrets = identity_file.read(keys, name, "own", identities)
    if _checked(_OwnInfo, found, name).n != n + 1 or not secrets:
        raise Trouble("forged", f"keys/{name}")
    return secrets


def compose_recovery(ring: Ring, own: Sequence[age.Identity]) -> bytes:
    """The text of keys/<n>.recovery.age: the member key first, then those of the own room."""
    return identity_file.compose({"kind": "recovery", **ring.info()}, [ring.member, *own])


def read_recovery(
    keys: Path, n: int, identities: Sequence[age.Identity]
) -> tuple[Ring, list[age.Identity]]:
    """What partner n's recovery key opens: their ring, and the keys of their own room.

    Raises:
        Trouble: whatever is the matter with the file.
    """
    name = recovery_file(n)
    found, secrets = identity_file.read(keys, name, "recovery", identities)
    info = _checked(_RingInfo, found, name)
    if info.n != n + 1 or not secrets:
        raise Trouble("forged", f"keys/{name}")
    return Ring(n, secrets[0], info.own, info.recovery, info.alone), secrets[1:]


@dataclass(frozen=True, slots=True)
class Member:
    """One of the two, as the shared room knows them. `recipient` is their public member key."""

    name: str
    recipient: str
    settings: Settings = field(default_factory=Settings)


@dataclass(frozen=True, slots=True)
class Shared:
    """The shared room.

    Args:
        members: the two, in the order of the journal.
        identities: its keys, newest first; what is new is sealed to the newest.
        revision: counts how often this was written.
    """

    members: tuple[Member, Member]
    identities: tuple[age.Identity, ...]
    revision: int = 0

    def compose(self) -> bytes:
        """The text of keys/shared.age."""
        members = [
            {"name": one.name, "recipient": one.recipient, "settings": one.settings.model_dump()}
            for one in self.members
        ]
        info = {"kind": "shared", "revision": self.revision, "members": members}
        return identity_file.compose(info, self.identities)

    def sealed(self) -> bytes:
        """keys/shared.age itself, which each member opens."""
        return age.seal(self.compose(), [age.recipient(one.recipient) for one in self.members])

    @classmethod
    def read(cls, keys: Path, identities: Sequence[age.Identity]) -> Shared:
        """The shared room, opened with any member's key.

        Raises:
            Trouble: whatever is the matter with the file.
        """
        found, secrets = identity_file.read(keys, SHARED_FILE, "shared", identities)
        info = _checked(_SharedInfo, found, SHARED_FILE)
        if not secrets:
            raise Trouble("forged", f"keys/{SHARED_FILE}")
        first, second = (Member(one.name, one.recipient, one.settings) for one in info.members)
        return cls((first, second), tuple(secrets), info.revision)

    def with_settings(self, n: int, settings: Settings) -> Shared:
        """The same with what partner n set."""
        changed = replace(self.members[n], settings=settings)
        members = (changed, self.members[1]) if n == 0 else (self.members[0], changed)
        return replace(self, members=members, revision=self.revision + 1)

    def with_identities(self, identities: Sequence[age.Identity]) -> Shared:
        """The same with these keys, newest first."""
        return replace(self, identities=tuple(identities), revision=self.revision + 1)

"""Every door by which bytes from outside come in, with good samples of what goes through it."""

from __future__ import annotations

import base64
import json
import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from imago_tui import config
from imago_tui.errors import ImagoError
from imago_tui.journal import (
    age,
    codec,
    identity_file,
    index_file,
    keyring,
    opening,
    recovery_file,
    strict_json,
    tokens,
)
from imago_tui.journal.broken import Broken
from imago_tui.journal.company import Company
from imago_tui.journal.entry import Agreement, Entry, Turn
from imago_tui.journal.kdf import LEAST_COST, MOST_COST, SALT_BYTES, Kdf
from imago_tui.journal.passphrase import read_passphrase_file
from imago_tui.journal.store import Journal
from imago_tui.journal.trouble import Trouble
from imago_tui.outgoing import json_form
from imago_tui.plain import checking
from imago_tui.script import reading as script
from scripts.fuzz_changes import changed, changed_json, changed_toml

if TYPE_CHECKING:
    from collections.abc import Callable

    from imago_tui.journal.index import Index

TOP = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 11, 22, 20, 15, tzinfo=UTC)
PEOPLE = (("Ana", "the first passphrase"), ("Ben", "the second passphrase"))
QUICK = 1.0
ID = "00000000000000aa"
TOLD = frozenset({2, 4, 5, 7})
"""Statuses that say whose the matter is; 1 would say that it is a fault of ours."""


@dataclass(frozen=True)
class Door:
    """A reader of bytes.

    Args:
        read: takes them; raises one of `refusals` for what it does not take, and nothing else.
        samples: what it takes.
        change: makes another input of a sample, beside changes of its bytes.
        seconds: of the processor, that one input may take.
        refusals: what it may raise.
        every: one input for so many of the others, where each takes its time.
    """

    read: Callable[[bytes], object]
    samples: list[bytes]
    change: Callable[[bytes, random.Random, list[bytes]], bytes] = changed
    seconds: float = QUICK
    refusals: tuple[type[Exception], ...] = (Trouble, ImagoError)
    every: int = 1


def doors(place: Path) -> dict[str, Door]:
    """All of them, around a journal made for it in the folder `place`."""
    journal = Journal.create(place / "journal", PEOPLE, cost=LEAST_COST)
    for number in range(3):
        journal.save(_dialogue(journal, number))
    journal.write_index()
    opened = opening.open_rings(journal.folder, [passphrase for _, passphrase in PEOPLE])
    return {
        **_journal_doors(place, journal, opened),
        **_key_doors(place, opened),
        **_toml_doors(place),
    }


def _dialogue(journal: Journal, number: int) -> Entry:
    turns = (
        Turn(1, "topic", "Ana", "Ana", "The dishes", aloud=False),
        Turn(2, "send", "Ana", "Ana", "On Sunday I felt invisible. 很孤独 🤗", aloud=False),
        Turn(3, "validate", "Ben", "Ana", None, aloud=True, partly=True),
    )
    agreed = (Agreement("Wash up together", "Ben", "Ana", "2026-12-01"),)
    entry = replace(journal.new_entry("dialogue", NOW), turns=turns)
    if not number:
        log = ({"event": "said", "text": "x", "at": 12.5},)
        return replace(entry, log=log, draft={"who": "Ana", "step": "send", "text": "and then I"})
    done = replace(entry, state="done", ended=NOW, topic="The dishes", agreements=agreed)
    if number == 1:
        return replace(done, kept="all")
    return replace(done, room="together", kept="together")


def _journal_doors(place: Path, journal: Journal, opened: opening.Opened) -> dict[str, Door]:
    keys = Company(journal.folder, opened).room_keys()
    folder = place / "journal"
    files = [path.read_bytes() for path in sorted((folder / "entries").iterdir())]
    ids = [path.stem for path in sorted((folder / "entries").iterdir())]
    texts = [age.unseal(data, keys.identities, "") for data in files]
    (index,) = folder.glob("index-*.age")
    database = age.unseal(index.read_bytes(), keys.identities, "")
    exported = json_form.compose(
        [journal.load(id_) for id_ in ids if journal.load(id_).state == "done"], journal.partners
    )

    def entry(data: bytes) -> object:
        # Whatever its id: a forged file says the one that its name says.
        found = [one for one in ids if one.encode() in data]
        return codec.decode(age.seal(data, [keys.newest]), (found or [ID])[0], keys, "name")

    def together(data: bytes) -> object:
        for member in reversed(keys.members):
            data = age.seal(data, [age.recipient(member)])
        outer = strict_json.loads(texts[outer_at], codec.MOST_OUTER)
        outer["sealed"] = base64.b64encode(data).decode()
        sealed = age.seal(strict_json.dumps(outer), [keys.newest])
        return codec.decode(sealed, ids[outer_at], keys, "name")

    outer_at = next(at for at, text in enumerate(texts) if b'"sealed"' in text)
    inner = _inner(texts[outer_at], keys)
    return {
        "age": Door(lambda data: age.unseal(data, keys.identities, "name"), files),
        "entry": Door(entry, texts, changed_json),
        "together": Door(together, [inner], changed_json),
        "index": Door(_index, [database], refusals=(Trouble, Broken)),
        "export": Door(json_form.parse, [json.dumps(exported).encode()], changed_json),
        "search": Door(_search(database), [b"dishes", "很孤独".encode(), b'"a" OR b* NEAR(c)']),
    }


def _inner(text: bytes, keys: codec.Keys) -> bytes:
    data = base64.b64decode(json.loads(text)["sealed"])
    for n in (0, 1):
        data = age.unseal(data, [keys.open_members[n]], "")
    return data


def _index(data: bytes) -> None:
    _ask(index_file.parse(data, "shared"), "dishes")


def _ask(index: Index, words: str) -> None:
    try:
        index.heads()
        index.known()
        index.troubles()
        index.notes("parked")
        index.search(words, 50)
    finally:
        index.close()


def _search(database: bytes) -> Callable[[bytes], None]:
    def search(data: bytes) -> None:
        words = data.decode("utf-8", "surrogateescape")
        tokens.terms(words)
        _ask(index_file.parse(database, "shared"), words)

    return search


def _key_doors(place: Path, opened: opening.Opened) -> dict[str, Door]:
    keys, scratch = place / "journal" / "keys", place / "keys"
    scratch.mkdir()
    key = age.new_identity()
    ring, shared = opened.rings[0], opened.shared

    def sealed(name: str, read: Callable[[], object]) -> Callable[[bytes], object]:
        def work(data: bytes) -> object:
            (scratch / name).write_bytes(age.seal(data, [key.to_public()]))
            return read()

        return work

    def info(data: bytes) -> object:
        return identity_file.parse(data, "ring", "name")

    def kdf(data: bytes) -> None:
        (scratch / "kdf.toml").write_bytes(data)
        found = Kdf.read(scratch)
        # What is taken costs no more than it may.
        assert LEAST_COST <= found.log_n <= MOST_COST  # noqa: S101
        assert len(found.salt) == SALT_BYTES  # noqa: S101

    def read_shared() -> object:
        return keyring.Shared.read(scratch, [key])

    own = keyring.compose_own(0, [key])
    return {
        "ring": Door(
            sealed("1.age", lambda: keyring.Ring.read(scratch, 0, [key])), [ring.compose()]
        ),
        "own keys": Door(sealed("1.own.age", lambda: keyring.read_own(scratch, 0, [key])), [own]),
        "shared keys": Door(sealed("shared.age", read_shared), [shared.compose()]),
        "identities": Door(info, [ring.compose()]),
        "kdf": Door(kdf, [(keys / "kdf.toml").read_bytes()], changed_toml),
        "recovery key": Door(
            _by_file(place / "key.txt", recovery_file.read), [f"# ours\n{key}\n".encode()]
        ),
        "passphrase": Door(
            _by_file(place / "passphrase", read_passphrase_file), [b"the first passphrase\n"]
        ),
    }


def _by_file(file: Path, read: Callable[[Path], object]) -> Callable[[bytes], object]:
    def work(data: bytes) -> object:
        file.write_bytes(data)
        return read(file)

    return work


def _toml_doors(place: Path) -> dict[str, Door]:
    exercises = [path.read_bytes() for path in sorted((TOP / "imago_tui/exercises").glob("*.toml"))]
    scenarios = [path.read_bytes() for path in sorted((TOP / "tests/scenarios").glob("*.toml"))]
    # Some of the tests' own say what they repeat as a macro, which no script of a person has.
    scripts = [one for one in scenarios if b"macro" not in one]
    settings = (
        b'language = "en"\npace = "calm"\nmotion = false\n# mine\nbell = true\ntheme = "dark"\n'
    )

    return {
        # Walking every state of a long exercise is what this one is for.
        "exercise": Door(checking.faults, exercises, changed_toml, seconds=10.0, every=20),
        "script": Door(
            _by_file(place / "script.toml", lambda file: script.read(file, NOW)),
            scripts,
            changed_toml,
            seconds=4.0,  # megabytes of turns, each of which is looked at
            every=4,
        ),
        "settings": Door(
            _by_file(place / "settings.toml", config.load),
            [settings],
            changed_toml,
            refusals=(ImagoError,),
        ),
    }


def good(door: Door) -> None:
    """Each sample goes through, or the changes of it would say little."""
    for sample in door.samples:
        door.read(sample)


def taken(door: Door, data: bytes) -> bool:
    """Whether the door takes `data`. Anything raised beside its refusals comes through."""
    try:
        door.read(data)
    except door.refusals as refusal:
        if isinstance(refusal, ImagoError) and refusal.status not in TOLD:
            raise AssertionError(refusal.status) from refusal
        return False
    return True

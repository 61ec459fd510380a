from __future__ import annotations

import hashlib
import os
import sys
import threading
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imago_tui.errors import ImagoError
from imago_tui.journal.kdf import LEAST_COST, Kdf, begin, derive
from imago_tui.journal.passphrase import (
    check_strength,
    passphrase_from_command,
    read_passphrase_file,
)
from imago_tui.journal.store import Journal
from imago_tui.words import words
from tests.journal.people import ANA_PASSPHRASE, everything

GOOD = Kdf(bytes(range(16)), LEAST_COST)


def test_the_file_says_what_it_was_told(tmp_path: Path) -> None:
    (tmp_path / "kdf.toml").write_bytes(GOOD.to_toml())
    assert Kdf.read(tmp_path) == GOOD


def test_every_journal_has_a_salt_of_its_own() -> None:
    assert Kdf.new().salt != Kdf.new().salt


@pytest.mark.parametrize("cost", [0, 14, 21, 40])
def test_no_journal_is_made_at_a_cost_that_would_not_be_read(cost: int) -> None:
    with pytest.raises(ValueError, match=str(cost)):
        Kdf.new(cost)


def changed(old: str, new: str) -> bytes:
    text = GOOD.to_toml().decode()
    assert old in text
    return text.replace(old, new).encode()


SALT = "AAECAwQFBgcICQoLDA0ODw=="
HOSTILE = {
    "cost too high": changed("log_n = 15", "log_n = 21"),
    "cost too low": changed("log_n = 15", "log_n = 14"),
    "cost below zero": changed("log_n = 15", "log_n = -1"),
    "cost beyond counting": changed("log_n = 15", "log_n = 99999999999999999999"),
    "cost a text": changed("log_n = 15", 'log_n = "15"'),
    "cost a yes": changed("log_n = 15", "log_n = true"),
    "cost a fraction": changed("log_n = 15", "log_n = 15.0"),
    "r": changed("r = 8", "r = 1073741824"),
    "r a fraction": changed("r = 8", "r = 8.0"),
    "p": changed("p = 1", "p = 64"),
    "p a yes": changed("p = 1", "p = true"),
    "salt too short": changed(SALT, "AAECAwQFBgcICQoLDA0O"),
    "salt too long": changed(SALT, "AAECAwQFBgcICQoLDA0ODxA="),
    "salt empty": changed(SALT, ""),
    "salt no base64": changed(SALT, "AAECAwQFBgcICQoLDA0OD!!="),
    "salt not ASCII": changed(SALT, "ÄAECAwQFBgcICQoLDA0ODw=="),
    "salt a number": changed(f'"{SALT}"', "7"),
    "another method": changed("scrypt", "argon2id"),
    "a line more": GOOD.to_toml() + b"extra = 1\n",
    "a line twice": GOOD.to_toml() + b"p = 1\n",
    "a line less": changed("p = 1\n", ""),
    "older than any": changed("version = 1", "version = 0"),
    "version a yes": changed("version = 1", "version = true"),
    "version a text": changed("version = 1", 'version = "1"'),
    "newer": changed("version = 1", "version = 2"),
    "empty": b"",
    "no text": b"\xff\xfe\x00",
    "NUL": b"\x00" * 100,
    "too long": GOOD.to_toml() + b"#" * 5000,
    "no settings": b"hello = = 1",
    "deep": b"a = " + b"[" * 2000,
    "a table": b"[version]\n",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_refused_before_any_work(
    data: bytes, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> bytes:
        raise AssertionError

    monkeypatch.setattr(hashlib, "scrypt", never)
    (folder / "keys" / "kdf.toml").write_bytes(data)
    before = everything(folder)
    with pytest.raises(ImagoError) as told:
        Journal.open(folder, [ANA_PASSPHRASE])
    assert told.value.status == 5
    assert told.value.hint
    assert everything(folder) == before


def test_a_fifo_in_the_place_of_the_file_keeps_nobody_waiting(folder: Path) -> None:
    (folder / "keys" / "kdf.toml").unlink()
    os.mkfifo(folder / "keys" / "kdf.toml")
    with pytest.raises(ImagoError) as told:
        Journal.open(folder, [ANA_PASSPHRASE])
    assert told.value.status == 5


@given(st.text(min_size=12, max_size=20))
def test_letters_typed_apart_or_together_are_one_passphrase(text: str) -> None:
    forms = {unicodedata.normalize(form, text) for form in ("NFC", "NFD")}
    quick = Kdf(bytes(16), 1)  # never read from a file like this: only to try many
    assert len({str(derive(form, quick)) for form in forms}) == 1


def test_another_letter_is_another_key() -> None:
    keys = {str(derive(text, GOOD)) for text in ("caf\u00e9 au lait noir", "cafe au lait noir")}
    assert len(keys) == 2


def test_a_known_passphrase_gives_the_key_it_always_gave() -> None:
    # Computed once with another bech32 and scrypt: a journal must open in any later version.
    key = "AGE-SECRET-KEY-1028RGFQAHZVDTYT4C6T98RZPW3N6JA0LU45SDPP979SC35C4N3VQPEXGFM"
    assert str(derive("correct horse battery staple", GOOD)) == key


def test_too_little_memory_is_told_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object, **__: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr(hashlib, "scrypt", none)
    with pytest.raises(ImagoError) as told:
        derive("copper lantern autumn", Kdf(bytes(16), 17))
    assert told.value.status == 7
    assert "128 MiB" in told.value.message


@pytest.mark.parametrize(
    ("data", "passphrase"),
    [
        (b"copper lantern", "copper lantern"),
        (b"copper lantern\n", "copper lantern"),
        (b"copper lantern\r\nsecond\r\n", "copper lantern"),
        (b"  copper lantern \n", "  copper lantern "),
        (b"\xef\xbb\xbfcopper lantern\n", "copper lantern"),
        ("Schlüssel für uns\n".encode(), "Schlüssel für uns"),
    ],
)
def test_a_passphrase_is_the_first_line_without_its_end(
    data: bytes, passphrase: str, tmp_path: Path
) -> None:
    (tmp_path / "p").write_bytes(data)
    assert read_passphrase_file(tmp_path / "p") == passphrase


@pytest.mark.parametrize(
    "data",
    [b"", b"\n", b"elevenchars", b"\nsecond line is long", b"\xff" * 20, b"x" * 5000, None],
    ids=["empty", "blank", "eleven", "second line", "no text", "endless", "missing"],
)
@pytest.mark.parametrize(("making", "status"), [(True, 2), (False, 4)])
def test_a_passphrase_file_that_will_not_do(
    data: bytes | None, status: int, tmp_path: Path, *, making: bool
) -> None:
    if data is not None:
        (tmp_path / "p").write_bytes(data)
    with pytest.raises(ImagoError) as told:
        read_passphrase_file(tmp_path / "p", making=making)
    assert told.value.status == status


def test_a_folder_is_no_passphrase_file(tmp_path: Path) -> None:
    with pytest.raises(ImagoError):
        read_passphrase_file(tmp_path)
    with pytest.raises(ImagoError):
        read_passphrase_file(Path("a\0b"))


def test_twelve_characters_are_counted_as_people_count_letters() -> None:
    assert check_strength("e\u0301" * 12)
    with pytest.raises(ImagoError):
        check_strength("e\u0301" * 11)


def test_a_command_gives_its_first_line_and_never_meets_a_shell(tmp_path: Path) -> None:
    program = "print('copper lantern autumn'); print('second')"
    command = f'{sys.executable} -c "{program}"'
    assert passphrase_from_command(command) == "copper lantern autumn"
    proof = tmp_path / "proof"
    assert passphrase_from_command(f"echo copper lantern; touch {proof}").startswith("copper")
    assert not proof.exists()


@pytest.mark.parametrize("command", ["", "'", "/no/such/program", "false", "true", "echo short"])
def test_a_command_that_gives_no_passphrase(command: str) -> None:
    with pytest.raises(ImagoError) as told:
        passphrase_from_command(command)
    assert told.value.status == 4


def test_a_command_that_prints_on_and_on_gives_its_first_line_at_once(tmp_path: Path) -> None:
    """Nor is more of it held than a passphrase may have; and it is over when this is."""
    pid, program = tmp_path / "pid", tmp_path / "on.py"
    program.write_text(
        f"import os\nopen({str(pid)!r}, 'w').write(str(os.getpid()))\n"
        "while True: print('copper lantern autumn', flush=True)\n"
    )
    assert passphrase_from_command(f"{sys.executable} {program}") == "copper lantern autumn"
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)
    with pytest.raises(ImagoError) as told:
        passphrase_from_command("cat /dev/zero")
    assert told.value.message == words("journal.passphrase.long")


def test_what_is_begun_ahead_is_what_is_asked_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    real = hashlib.scrypt

    def scrypt(*args: Any, **named: Any) -> bytes:
        asked.append(threading.get_ident())
        return real(*args, **named)

    monkeypatch.setattr(hashlib, "scrypt", scrypt)
    here = Kdf.read(folder / "keys")
    begin(folder, [ANA_PASSPHRASE])
    assert str(derive(ANA_PASSPHRASE, here)) == str(derive(ANA_PASSPHRASE, here))
    first, second = asked
    assert first != threading.get_ident() == second


def test_what_cannot_be_begun_is_told_when_it_is_asked_for(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(tmp_path, [ANA_PASSPHRASE])  # nothing is there

    def none(*_: object, **__: object) -> bytes:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(hashlib, "scrypt", none)
        begin(folder, [ANA_PASSPHRASE])
        with pytest.raises(ImagoError) as told:
            derive(ANA_PASSPHRASE, Kdf.read(folder / "keys"))
    assert told.value.status == 7
    derive(ANA_PASSPHRASE, Kdf.read(folder / "keys"))

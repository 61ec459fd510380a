"""What can be the matter with a file that is read, and with a disk that is written."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from imago_tui.errors import ImagoError
from imago_tui.inert import inert
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

Reason = Literal[
    "damaged",  # ours, but changed or cut short
    "foreign",  # opens with none of the keys at hand: another room's, or its head is damaged
    "forged",  # opens, but is not what its name says, or says things no imago-tui writes
    "newer",  # written by a newer version
    "missing",
    "not_a_file",  # a FIFO, link, device or folder
    "too_big",
    "older",  # than the index knows it
    "unreadable",  # the system does not let us read it
]


class Trouble(Exception):
    """A file that cannot be taken for what it should be.

    Args:
        reason: what is the matter.
        name: the file's name inside the journal folder.
    """

    def __init__(self, reason: Reason, name: str = "") -> None:
        super().__init__(reason)
        self.reason: Reason = reason
        self.name = name

    def __str__(self) -> str:
        return words("journal.trouble.line", name=self.name, what=self.what)

    @property
    def what(self) -> str:
        """The reason in words, without the name."""
        return words(f"journal.trouble.{self.reason}")

    def of_named(self, *, named: bool) -> Trouble:
        """The same for a file that the index names as this room's: then it is no other room's."""
        return Trouble("damaged", self.name) if named and self.reason == "foreign" else self

    def shown(self) -> ImagoError:
        """The same for someone who wanted to see this one dialogue."""
        return ImagoError(
            words("journal.trouble.show", what=self.what), words("journal.trouble.show_hint"), 5
        )

    def of_folder(self) -> ImagoError:
        """The same for the folder of all entries."""
        return ImagoError(words("journal.trouble.folder"), words("journal.trouble.folder_hint"), 5)

    def of_key(self) -> ImagoError:
        """The same for a key file, without which nothing opens."""
        kind = {"newer": "key_newer", "missing": "key_missing"}.get(self.reason, "key_damaged")
        hint = "key_newer_hint" if kind == "key_newer" else "key_damaged_hint"
        return ImagoError(
            words(f"journal.open.{kind}", name=self.name), words(f"journal.open.{hint}"), 5
        )


FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
DENIED = {errno.EACCES, errno.EPERM}


def not_written(error: OSError) -> ImagoError:
    """What to tell a person when the system did not let us write."""
    if error.errno in FULL:
        kind = "full"
    elif error.errno == errno.EROFS:
        kind = "read_only"
    elif error.errno in DENIED:
        kind = "denied"
    else:
        kind = "trouble"
    code = errno.errorcode.get(error.errno or 0, "?")
    return ImagoError(
        words(f"journal.write.{kind}", code=code), words(f"journal.write.{kind}_hint"), 7
    )


def gone() -> ImagoError:
    """What to tell a person when the journal's folder is not where it was."""
    return ImagoError(words("journal.write.gone"), words("journal.write.gone_hint"), 7)


@contextmanager
def writing() -> Iterator[None]:
    """Turn what the system says inside into a plain sentence, status 7."""
    try:
        yield
    except OSError as error:
        raise not_written(error) from None


def unknown(id_: str) -> ImagoError:
    """There is no such dialogue. What was typed is shown inert and not at any length."""
    told = words("journal.trouble.unknown", id=inert(id_)[:40])
    return ImagoError(told, words("journal.trouble.unknown_hint"), 2)


def cannot_search() -> ImagoError:
    """Words are looked for, and the SQLite of this machine lacks what that takes."""
    return ImagoError(words("journal.search.none"), words("journal.search.none_hint"), 2)


@contextmanager
def in_folder() -> Iterator[None]:
    """Tell a person when the folder of the entries itself cannot be read."""
    try:
        yield
    except Trouble as trouble:
        raise trouble.of_folder() from None

"""The file that holds a recovery key: where it may stand, what it says, and reading it again."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from imago_tui.can_be import can_be
from imago_tui.errors import ImagoError
from imago_tui.journal import age, atomic
from imago_tui.journal.trouble import Trouble
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

MOST_FILE = 16 * 1024


def check_places(folder: Path, places: Sequence[Path | None]) -> None:
    """See that recovery keys can be written to `places`: new files, outside the journal.

    Raises:
        ImagoError: 2, they cannot.
    """
    chosen = [path for path in places if path is not None]
    for path in chosen:
        if not can_be(path):
            raise ImagoError(words("errors.no_place"), words("errors.no_place_hint"), 2)
        if path.is_symlink() or path.exists() or chosen.count(path) > 1:
            raise _taken()
        if not path.parent.is_dir():
            raise ImagoError(words("journal.setup.recovery_folder"), "", 2)
        if folder in atomic.real(path).parents:
            raise ImagoError(
                words("journal.setup.recovery_inside"),
                words("journal.setup.recovery_inside_hint"),
                2,
            )


def compose(n: int, key: age.Identity) -> bytes:
    """The text of a recovery file: two lines that say what it is, and the key. No name in it."""
    first = words("journal.recovery.first")
    second = words("journal.recovery.second", n=n + 1)
    return f"# {first}\n# {second}\n{key}\n".encode()


def write(files: dict[Path, bytes]) -> None:
    """Write recovery files, never over anything; after a mishap none of them is left.

    Raises:
        ImagoError: 2, something is in the place of one.
        OSError: the system did not let us.
    """
    done: list[Path] = []
    try:
        for path, data in files.items():
            atomic.create(path, data)
            done.append(path)
            atomic.sync_folder(atomic.real(path.parent))
    except BaseException as error:
        take_back(done)
        if isinstance(error, FileExistsError):
            raise _taken() from None
        raise


def take_back(places: Iterable[Path]) -> None:
    """Leave no recovery file that opens nothing. What cannot be taken away stays."""
    for path in places:
        with suppress(OSError):
            path.unlink()


def read(place: Path) -> age.Identity:
    """The recovery key in the file `place`: its last line that is one.

    Raises:
        ImagoError: 4 there is none.
    """
    try:
        data = atomic.read(atomic.real(place).parent, place.name, MOST_FILE)
        lines = data.decode("ascii", "replace").split()
        (text,) = [line for line in lines if line.startswith("AGE-SECRET-KEY-1")]
        return age.identity(text)
    except (Trouble, ValueError):
        raise ImagoError(
            words("keys.recovery.unreadable"), words("keys.recovery.unreadable_hint"), 4
        ) from None


def _taken() -> ImagoError:
    return ImagoError(
        words("journal.setup.recovery_exists"), words("journal.setup.recovery_exists_hint"), 2
    )

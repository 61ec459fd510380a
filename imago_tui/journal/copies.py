"""The copies of one open journal: the day's is made behind, so that no goodbye waits for it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from threading import Event
from typing import TYPE_CHECKING

from imago_tui.errors import ImagoError
from imago_tui.journal import backups
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from concurrent.futures import Future
    from datetime import datetime
    from pathlib import Path

    from imago_tui.journal.backups import Copy
    from imago_tui.journal.catalogue import Progress
    from imago_tui.journal.lock import Writers
    from imago_tui.journal.trouble import Trouble


class _Abandoned(Exception):
    """Nobody wants the copy any more."""


class Copies:
    """Makes copies, one at a time, at once or behind.

    The thread behind writes nothing in the journal and asks nothing of it: what it copies is
    settled before it begins, and each file is wholly old or wholly new. It holds the writers' lock,
    so no other program changes anything meanwhile. Killed anywhere it leaves a folder that the next
    copy sweeps away.

    Args:
        folder: the journal.
        writers: its lock.
        leave_out: gives the ids of the entries that are not copied.
    """

    def __init__(
        self, folder: Path, writers: Writers, leave_out: Callable[[], Collection[str]]
    ) -> None:
        self._folder = folder
        self._writers = writers
        self._leave_out = leave_out
        self._behind: Future[None] | None = None
        self._trouble: ImagoError | None = None
        self._abandoned = Event()

    def make(self, place: Path, now: datetime, progress: Progress | None) -> Copy:
        """See `backups.make`."""
        with self.none_behind():
            return backups.make(self._folder, place, now, self._ids(), progress)

    def renew(
        self, now: datetime, progress: Progress | None
    ) -> tuple[list[str], tuple[Trouble, ...]]:
        """See `backups.renew`."""
        with self.none_behind():
            return backups.renew(self._folder, now, self._ids(), progress)

    def forget(self, id_: str) -> list[str]:
        """See `backups.forget`."""
        with self.none_behind():
            return backups.forget(self._folder, id_)

    def roll_behind(self, now: datetime) -> None:
        """Begin this day's copy, if there is none yet and none is on its way.

        Raises:
            ImagoError: 6.
        """
        if self._behind is not None or not backups.due(self._folder, now):
            return
        with ExitStack() as holding:
            holding.enter_context(self._writers.held())
            ids = self._ids()
            thread = ThreadPoolExecutor(1, "copy")
            self._behind = thread.submit(self._roll, now, ids, holding.pop_all())
            thread.shutdown(wait=False)

    @contextmanager
    def none_behind(self) -> Iterator[None]:
        """The writers' lock, and no copy on its way: one could hold some old keys and some new."""
        with self._writers.held():
            self.wait()
            yield

    def wait(self) -> None:
        """Wait until no copy is on its way."""
        behind, self._behind = self._behind, None
        try:
            if behind is not None:
                behind.result()
        except ImagoError as trouble:
            self._trouble = trouble
        except _Abandoned:
            return

    def told(self) -> ImagoError | None:
        """Wait likewise; what kept a copy behind from being made, or whole. Told once."""
        self.wait()
        trouble, self._trouble = self._trouble, None
        return trouble

    def abandon(self) -> None:
        """Let the copy behind be: they close now, and the next talk makes one."""
        self._abandoned.set()

    def _ids(self) -> list[str]:
        return backups.ids_for(self._folder, self._leave_out())

    def _roll(self, now: datetime, ids: Collection[str], holding: ExitStack) -> None:
        with holding:
            made = backups.roll(self._folder, now, ids, self._goes_on)
        if made and made.left_out:
            raise incomplete(made.left_out)

    def _goes_on(self, _done: int, _of: int, /) -> None:
        if self._abandoned.is_set():
            raise _Abandoned


def incomplete(left_out: Collection[Trouble]) -> ImagoError:
    """What to tell of a copy behind that lacks what could not be read."""
    names = ", ".join(str(one) for one in left_out)
    return ImagoError(words("keys.backup.lacks", names=names), words("keys.backup.lacks_hint"), 5)

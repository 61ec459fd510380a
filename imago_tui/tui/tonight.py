"""An evening on the screen: asks its pages, holds its talks, and waits for the hall's doors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui.hall import Hall
from imago_tui.now import local_now
from imago_tui.tui.asking import ask
from imago_tui.tui.screens.wait import meanwhile
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeVar

    from imago_tui.evening import Evening
    from imago_tui.session import Session
    from imago_tui.tui.app import ImagoApp

    Result = TypeVar("Result")


class Tonight:
    """One evening.

    Args:
        app: whose screen it is.
        evening: where it begins.
        hall: what it has at hand; closed at its end.
        passphrases: those that need nobody to type them.
    """

    def __init__(
        self,
        app: ImagoApp,
        evening: Evening,
        hall: Hall | None = None,
        *,
        passphrases: Sequence[str] = (),
    ) -> None:
        self._app = app
        self._hall = hall or Hall()
        self._passphrases = tuple(passphrases)
        self.evening = evening

    async def run(self) -> int:
        """The whole evening; the program's status.

        Raises:
            ImagoError: what a passphrase file or the journal's lock has to say; status 2 where
                there is nothing to go on with.
        """
        hall = self._hall
        try:
            if (journal := hall.journal) is not None:
                self.evening = await self._meanwhile(lambda: hall.enter(self.evening, journal))
            elif self.evening.journal and self._passphrases:
                self.evening = await self._meanwhile(
                    lambda: hall.open(self.evening, self._passphrases)
                )
            while self.evening.need != "over":
                self.evening = await self._on(self.evening)
            await self._meanwhile(hall.finish)
        finally:
            hall.close()
        return hall.status

    @property
    def may_rest(self) -> bool:
        """Whether a journal is open, and all there is stands in it."""
        return self._hall.journal is not None and not self._hall.in_memory

    async def _on(self, evening: Evening) -> Evening:
        hall = self._hall
        match evening.need:
            case "open":
                return await self._meanwhile(lambda: hall.try_to_open(evening))
            case "table":
                return await self._hold(evening)
            case "let-go":
                return await self._meanwhile(lambda: hall.let_go(evening))
            case "make":
                return await self._meanwhile(lambda: hall.make(evening))
        answer = await ask(self._app, evening.page(), evening)
        if answer is None:
            return evening.stop()
        after = evening.take(answer)
        return await self._meanwhile(lambda: hall.after(evening, after))

    async def _hold(self, evening: Evening) -> Evening:
        hall, began = self._hall, local_now()
        with hall.lock(), self._app.rest.talking():
            session = hall.talk(evening)
            await self._app.hold(session, evening.plan.left)
            await self._until_written(evening, session)
        return await self._meanwhile(lambda: hall.held(evening, session, began))

    async def _until_written(self, evening: Evening, session: Session) -> None:
        """What the disk didn't take at the very end is tried again, as often as they like."""
        while page := self._hall.not_written(evening, session):
            answer = await ask(self._app, page, evening)
            if answer is None or answer.choice != "again":
                return
            await self._meanwhile(session.retry)

    async def _meanwhile(self, work: Callable[[], Result]) -> Result:
        return await meanwhile(self._app, words("evening.wait"), work)

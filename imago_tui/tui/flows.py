"""What the commands start: home, an evening, the journal to read in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from imago_tui import config, own_places, paths
from imago_tui.errors import WRONG_USE, ImagoError
from imago_tui.evening import Evening
from imago_tui.evening.steps import alone
from imago_tui.going_on import nothing_unfinished
from imago_tui.hall import Hall
from imago_tui.tui.app import ImagoApp, run
from imago_tui.tui.resting import restful
from imago_tui.tui.tonight import Tonight
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from imago_tui.journal.store import Journal


def dialogue_flow(
    exercise: str = "",
    *,
    files: Sequence[Path] = (),
    keeps: bool = True,
    resume: bool = False,
    fresh: bool = False,
) -> int:
    """An evening on the screen; the program's status.

    Args:
        exercise: its id, where it was named; then nobody is asked what tonight.
        files: passphrases, one in each; then nobody is asked for one.
        keeps: False: the journal stays closed, and nothing is kept.
        resume: go on with the unfinished talk without asking, the first time.
        fresh: leave an unfinished talk alone without asking.

    Raises:
        ImagoError: see `tui.app.run`; status 2 where there is nothing to go on with.
    """
    from imago_tui.journal.passphrase import given

    keeps = keeps and not alone(exercise)
    there = keeps and something_is_at(paths.journal_dir())
    if resume and not there:
        raise nothing_unfinished()
    passphrases = given(files) if there else ()
    begun = Evening.begin(
        journal=there,
        keeps=keeps,
        exercise=exercise,
        resume=resume,
        places=own_places.lines(),
    )

    hall = Hall(fresh=fresh)

    async def flow(app: ImagoApp) -> int:
        tonight: Tonight | None = None

        async def begin(again: bool) -> int:  # noqa: FBT001  one fact about the flow
            nonlocal hall, tonight
            hall = Hall(fresh=fresh) if again else hall
            hall.keep_open()
            # What was asked for is done; a talk that is unfinished still is offered, as ever.
            asked = replace(begun, resume=False, chosen="") if again and resume else begun
            tonight = Tonight(app, asked, hall, passphrases=() if again else passphrases)
            try:
                status = await tonight.run()
                if tonight.evening.then == "open" and hall.journal is not None:
                    await _what_is_open(app, hall.journal)
                return status
            finally:
                if hall.journal is not None:
                    hall.journal.close()

        return await restful(app, begin, lambda: tonight is not None and tonight.may_rest)

    status = run(flow, config.load())
    if hall.copy_trouble is not None:
        from imago_tui.keeping import tell_of_copy

        tell_of_copy(hall.copy_trouble)
    return status


async def _what_is_open(app: ImagoApp, journal: Journal) -> None:
    """After a good talk they wanted to see what they had agreed."""
    from imago_tui.home import Home
    from imago_tui.house import House
    from imago_tui.tui.at_home import AtHome

    house = House(journal=journal)
    begun = Home.begin(journal=True, at="open").opened(house.look(journal))
    await AtHome(app, house, begun).run()


def home_flow(files: Sequence[Path] = (), *, at: str = "home") -> int:
    """Home on the screen; the program's status.

    Args:
        files: with passphrases; nothing is opened before something needs it.
        at: the page to begin with.

    Raises:
        ImagoError: see `tui.app.run`.
    """
    from imago_tui.home import Home
    from imago_tui.house import House, what_stands
    from imago_tui.journal.passphrase import given
    from imago_tui.tui.at_home import AtHome

    stands = what_stands()
    passphrases = given(files) if stands.journal or stands.copies else ()
    house = House()

    async def flow(app: ImagoApp) -> int:
        here: AtHome | None = None

        async def begin(again: bool) -> int:  # noqa: FBT001  one fact about the flow
            nonlocal here
            begun = Home.begin(**stands._asdict(), at="home" if again else at)
            here = AtHome(app, house, begun, passphrases=() if again else passphrases)
            try:
                return await here.run()
            finally:
                house.close()

        return await restful(app, begin, lambda: here is not None and here.may_rest)

    status = run(flow, config.load())
    if house.copy_trouble is not None:
        from imago_tui.keeping import tell_of_copy

        tell_of_copy(house.copy_trouble)
    return status


def journal_flow(*, files: Sequence[Path] = ()) -> int:
    """The journal to read in; the program's status.

    Raises:
        ImagoError: see `tui.app.run`; status 2 where there is no journal.
    """
    from imago_tui.journal import backups, layout
    from imago_tui.journal.passphrase import given

    folder = paths.journal_dir()
    if not folder.exists() and backups.all_of(folder):
        return run(bring_back_first, config.load())
    if layout.exists_alone(folder):
        from imago_tui.tui import doors

        known = given(files)

        async def own_room(app: ImagoApp) -> int:
            return await restful(app, lambda again: doors.alone(app, () if again else known))

        return run(own_room, config.load())
    passphrases = _there(files)

    async def flow(app: ImagoApp) -> int:
        from imago_tui.tui.browse import Browse

        return await restful(app, lambda again: Browse(app, () if again else passphrases).run())

    return run(flow, config.load())


async def bring_back_first(app: ImagoApp) -> int:
    """A copy in the place of a journal that is not there, and then that journal."""
    from imago_tui.journal import layout
    from imago_tui.tui import doors
    from imago_tui.tui.browse import Browse
    from imago_tui.tui.rooms.copies import bring_back

    folder = paths.journal_dir()
    if not await bring_back(app, folder):
        return 0
    if layout.exists_alone(folder):
        return await restful(app, lambda _: doors.alone(app))
    return await restful(app, lambda _: Browse(app).run())


def something_is_at(folder: Path) -> bool:
    """Whether a journal, or what is left of one, stands there. Looks only: what can tell more is
    heavy, and the first page should not wait for it.
    """
    return any((folder / part).exists() for part in ("keys", "entries"))


def _there(files: Sequence[Path]) -> tuple[str, ...]:
    """The passphrases at hand, once it is clear that there is a journal."""
    from imago_tui.journal import layout
    from imago_tui.journal.passphrase import given

    if not layout.stands(paths.journal_dir()):
        raise ImagoError(words("journal.open.none"), words("journal.open.none_hint"), WRONG_USE)
    return given(files)

"""A practice on the screen: its pages, and couples to watch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui import config
from imago_tui.evening import Evening
from imago_tui.practice.flow import Practice
from imago_tui.practice.playing import Playing
from imago_tui.tui.app import run
from imago_tui.tui.asking import ask

if TYPE_CHECKING:
    from imago_tui.tui.app import ImagoApp


async def practise(app: ImagoApp, practice: Practice) -> None:
    """From its first page until they have had enough."""
    from imago_tui.tui.screens.watch import WatchScreen

    while practice.need != "over":
        if practice.need == "watch":
            playing = Playing(practice.couple, app.settings.pace)
            await app.push_screen_wait(WatchScreen(playing))
            practice = practice.watched()
            continue
        answer = await ask(app, practice.page(), Evening())
        practice = practice.stop() if answer is None else practice.take(answer)


def practice_flow(exercise: str = "") -> int:
    """A practice as a program of its own; its status. ``exercise``: which one to see first."""
    begun = Practice.begin(exercise)

    async def flow(app: ImagoApp) -> int:
        await practise(app, begun)
        return 0

    return run(flow, config.load())

"""A look on the screen: it runs by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui.evening import Evening
from imago_tui.look import COUPLE, Look
from imago_tui.practice.playing import Playing
from imago_tui.tui.asking import ask

if TYPE_CHECKING:
    from imago_tui.tui.app import ImagoApp


async def look(app: ImagoApp) -> str:
    """From its first page to its last; where to after it, as one of home's choices."""
    from imago_tui.tui.screens.watch import WatchScreen

    now = Look()
    while now.need != "over":
        if now.need == "watch":
            await app.push_screen_wait(WatchScreen(Playing(COUPLE, app.settings.pace)))
            now = now.watched()
            continue
        answer = await ask(app, now.page(), Evening())
        now = now.stop() if answer is None else now.take(answer)
    return now.then

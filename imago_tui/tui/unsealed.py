"""It is time to rest, and what is being written can't be sealed: covered until it can be.

Nobody reads it meanwhile but whoever wrote it, and nobody loses it but by saying so twice.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from imago_tui.errors import ImagoError
from imago_tui.evening.pages import from_words
from imago_tui.tui.rooms.showing import show, soon
from imago_tui.tui.screens.base import Quiet
from imago_tui.words import words

if TYPE_CHECKING:
    from imago_tui.tui.app import ImagoApp

How = Literal["plain", "sealed", "unsealed", "let_go"]
"""What became of what was being written; plain: there was nothing that could be kept."""


def put_away(app: ImagoApp) -> How:
    """Seal what is being written, wherever something is."""
    done = [one.put_away() for one in app.screen_stack if isinstance(one, Quiet)]
    if False in done:
        return "unsealed"
    return "sealed" if True in done else "plain"


async def covered(app: ImagoApp, flow: asyncio.Future[int]) -> How | None:
    """Cover what can't be sealed, and try again until it can.

    Args:
        app: whose screen it is.
        flow: what is covered; it goes on behind.

    Returns:
        "sealed", "plain" or "let_go" when it is to rest now; None when somebody has shown that the
        words are theirs, or the flow is over: then everything stands as before.
    """
    cover: Quiet[None] = Quiet()  # between two pages nothing is to be read, not for a moment
    await app.push_screen(cover)
    asked = asyncio.ensure_future(_asked(app))
    either: set[asyncio.Future[Any]] = {asked, flow}
    try:
        while True:
            if app.rest.veiled:
                app.rest.veiled = False
                app.screen.refresh(layout=True)
            await asyncio.wait(either, timeout=app.rest.every, return_when=asyncio.FIRST_COMPLETED)
            if flow.done():
                return None
            if asked.done():
                if asked.result():
                    return "let_go"
                await app.pop_screen()
                return None
            if not app.rest.busy and (how := put_away(app)) != "unsealed":
                return how
    finally:
        asked.cancel()


async def _asked(app: ImagoApp) -> bool:
    """Whether they let it go; False once whoever wrote it has shown who they are."""
    first = from_words("rooms.unsealed", "unsealed")
    first = replace(first, fields=tuple(replace(one, hidden=True) for one in first.fields))
    page, sure = first, False
    while True:
        answer = await show(app, page)
        if answer is None or answer.choice == "leave":
            if sure:
                return True
            page, sure = replace(first, note=words("rooms.unsealed.sure")), True
            continue
        page, sure = first, False
        if typed := answer.texts[0]:
            try:
                if await soon(app, partial(app.rest.theirs, typed)):
                    return False
                note = words("rooms.unsealed.other")
            except ImagoError as trouble:
                note = f"{trouble.message} {trouble.hint}".strip()
            page = replace(first, note=note)

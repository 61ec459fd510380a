"""Pictures of the running app for the README, with an invented couple."""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

from imago_tui import exercises  # noqa: E402  the checkout has to be found first
from imago_tui.dialogue.events import Event  # noqa: E402
from imago_tui.session import Session  # noqa: E402
from imago_tui.tui.app import ImagoApp  # noqa: E402

SIZE = (80, 24)
ANA, BEN = 0, 1
TO_THE_SEND = (
    Event("ready", ANA, answer="yes"),
    Event("ready", BEN, answer="yes"),
    Event("settle", ANA),
    Event("skip", ANA),
    Event("skip", BEN),
    Event("topic", ANA, "Sunday evenings in the kitchen."),
    Event("mirror", BEN),
    Event("check", ANA, answer="yes"),
)
TYPED = (
    *TO_THE_SEND,
    Event("send", ANA, "I washed up for an hour while I heard you laughing. I felt invisible."),
    Event("mirror", BEN, "You washed up while I was laughing, and you felt invisible."),
)


async def picture(name: str, events: tuple[Event, ...]) -> None:
    """Hold the talk so far, and draw the table into docs/NAME.svg."""
    session = Session(exercises.load("dialogue"), ("Ana", "Ben"))
    session.do(*events)

    async def flow(app: ImagoApp) -> int:
        await app.hold(session)
        return 0

    app = ImagoApp(flow)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        drawn = app.export_screenshot(title="imago-tui")
        app.exit(0)
    # The renderer asks for a font from elsewhere; ours never asks anybody for anything.
    drawn = re.sub(r"@font-face \{.*?\}", "", drawn, flags=re.DOTALL)
    (TOP / "docs" / f"{name}.svg").write_text(re.sub(r"terminal-\d+", "table", drawn) + "\n")


async def main() -> None:
    """All of them."""
    await picture("table", TO_THE_SEND)
    await picture("check", TYPED)


if __name__ == "__main__":
    asyncio.run(main())

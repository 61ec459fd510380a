"""Look at the table with your own eyes: `python tests/tui/look.py FOLDER` plays some moments of a
talk with invented words, prints each as text and writes it as a picture (SVG) into FOLDER.

For developers; no test, and nothing of it is shipped.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from imago_tui import exercises
from imago_tui.session import Session
from imago_tui.tui.app import ImagoApp

SIZES = ((48, 14), (80, 24), (200, 55))
SEND = ("tab", "enter", "tab", "2", "9", "tab")
SAID = ("t", *"We said nothing at supper.", "enter", "t", *"We said nothing.", "enter")
MOMENTS = {
    "ready": (),
    "settle": ("tab", "enter"),
    "send": SEND,
    "check": (*SEND, *SAID),
    "not-quite": (*SEND, "1"),
    "stuck": (*SEND, "question_mark"),
    "words": (*SEND, "w"),
    "words-found": (*SEND, "t", *"I felt", "f6", *"ig"),
    "likes": (*SEND, "h", "1"),
    "likes-help": (*SEND, "h", "1", "1"),
    "likes-senses": (*SEND, "h", "1", "4"),
    "another-way": (*SEND, "t", *"You never listen to me.", "enter"),
    "a-line-to-try": (*SEND, *SAID[:-1], *" You should have said so.", "enter"),
    "enough": (*SEND, "escape"),
    "time-out": (*SEND, "escape", "2", "1"),
}
NAMES = {" ": "space", ".": "full_stop"}


async def flow(app: ImagoApp) -> int:
    """The table, and nothing else."""
    await app.hold(Session(exercises.load("dialogue"), ("Ana", "Ben")))
    return 0


async def look(size: tuple[int, int], moment: str, folder: Path) -> None:
    """One moment at one size."""
    app = ImagoApp(flow)
    app.guard.quiet, app.guard.settle = 0.0, 0.001
    async with app.run_test(size=size) as pilot:
        await pilot.pause(0.2)
        for key in MOMENTS[moment]:
            await pilot.press(NAMES.get(key, key))
            if len(key) > 1 or key.isdigit():
                await pilot.pause(0.05)
        await pilot.pause(0.2)
        name = f"{moment}-{size[0]}x{size[1]}"
        (folder / f"{name}.svg").write_text(app.export_screenshot(title=name), "utf-8")
        strips = app.screen._compositor.render_strips()
        lines = ["".join(part.text for part in strip) for strip in strips]
        sys.stdout.write("\n".join([f"--- {name}", *lines, ""]))


async def main(folder: Path) -> None:
    """All moments at all sizes."""
    for size in SIZES:
        for moment in MOMENTS:
            await look(size, moment, folder)


if __name__ == "__main__":
    place = Path(sys.argv[1])
    place.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(place))

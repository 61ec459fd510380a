"""The app: runs one flow over its screens, and keeps every back door shut.

A flow is ``async def flow(app) -> int``: it asks cards, holds talks, and returns the exit status.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, TextIO

from textual import events
from textual.app import App
from textual.worker import WorkerCancelled, WorkerFailed

from imago_tui.config import Settings
from imago_tui.errors import ImagoError
from imago_tui.mishaps import as_error, silence
from imago_tui.tui import closing, theme
from imago_tui.tui.commands import BY_ID
from imago_tui.tui.guard import Guard
from imago_tui.tui.punctual import Punctual
from imago_tui.tui.resting import Rest
from imago_tui.tui.screens.base import Quiet
from imago_tui.tui.screens.card import Answer, Card, CardScreen
from imago_tui.tui.widgets.fields import Area, Line
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from rich.console import RenderableType
    from textual.app import SystemCommand
    from textual.binding import BindingType
    from textual.screen import Screen

    from imago_tui.session import Session

    Flow = Callable[["ImagoApp"], Awaitable[int]]

ENDED_BY = {"SIGTERM": 143, "SIGHUP": 129}
ALWAYS = frozenset(
    key for name in ("close-now", "enough") for key in (*BY_ID[name].keys, *BY_ID[name].twins)
)
"""The two ways out count at any time, also when other keys are dropped."""
MOVES = frozenset({"up", "down", "left", "right", "home", "end", "pageup", "pagedown",
                   "backspace", "delete", "ctrl+j"})  # fmt: skip
"""Keys that are held down or come fast, and decide nothing."""
ALONE = ("_shift", "_control", "_alt", "_super", "_hyper", "_meta", "caps_lock", "num_lock")
"""Some terminals tell of these by themselves; what counts is the key that is pressed with them."""


class ImagoApp(Punctual, App[int]):
    """``flow`` is what happens; ``settings`` are those of this machine."""

    ALLOW_SELECT = False
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []
    ESCAPE_TO_MINIMIZE = False
    DEFAULT_CSS = "App { background: $background; color: $foreground; }"

    def __init__(self, flow: Flow, settings: Settings | None = None) -> None:
        super().__init__(driver_class=closing.ImagoDriver)
        self.settings = still_where_plain(settings or Settings())
        self.guard = Guard()
        self.rest = Rest(self.settings.rest)
        self.mishap: ImagoError | None = None
        self.terminal: list[Any] | None = None
        self._flow = flow
        for one in theme.THEMES:
            self.register_theme(one)
        self.theme = theme.chosen(self.settings.theme)
        if not self.settings.motion:
            self.animation_level = "none"

    # What a flow uses

    async def ask(self, card: Card) -> Answer:
        """Show a card until it is answered. Esc answers with the choice ``enough``."""
        return await self.push_screen_wait(CardScreen(card))

    async def hold(self, session: Session, left: int = 0) -> None:
        """The table, until the talk is over or left. ``left``: the person who sits there."""
        from imago_tui.tui.screens.table import TableScreen

        with self.rest.talking():
            await self.push_screen_wait(TableScreen(session, left))

    def hand_over(self) -> None:
        """The person changes: keys that were meant for the one before are dropped."""
        self.guard.hand_over(time.monotonic())

    def close_now(self, status: int = closing.STATUS) -> None:
        """End the process here, nothing saved, nothing printed, nothing left on the screen."""
        driver = self._driver
        known = driver if isinstance(driver, closing.ImagoDriver) else None
        closing.close_now(known, self.terminal, status)

    def about(self) -> None:
        """What this is and is not, and places to turn to."""
        # Imported here: the places to turn to are read only when somebody asks.
        from imago_tui.tui.screens.long import about_screen

        self.push_screen(about_screen())

    # Keys

    async def on_event(self, event: events.Event) -> None:
        """Every key passes here first: close now, then the guard."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            if event.key in BY_ID["close-now"].twins:
                self.close_now()
                return
            if event.key.endswith(ALONE):
                return
            letter = event.is_printable and isinstance(self.focused, Area | Line)
            could_decide = not letter and event.key not in MOVES
            noted = self.guard.key(event.time, could_decide=could_decide)
            if not noted and event.key not in ALWAYS:
                return
        await super().on_event(event)

    def decide(self, decision: Callable[[], None]) -> None:
        """Call ``decision`` unless another key follows the one just pressed at once."""

        def settle() -> None:
            if self.guard.settled():
                decision()

        if self.guard.decide(time.monotonic()):
            self.set_timer(self.guard.settle, settle)

    # The run

    def on_mount(self) -> None:
        """Begin."""
        loop = asyncio.get_running_loop()
        if not self.is_headless:
            for name, status in ENDED_BY.items():
                loop.add_signal_handler(getattr(signal, name), self.end_from_outside, status)
        # Whoever wakes the program may be somebody else than the one who put it to sleep.
        self.app_resume_signal.subscribe(self, lambda _: self.rest.at_once())
        self.run_worker(self._run_flow(), exit_on_error=False, name="flow")

    async def _run_flow(self) -> None:
        try:
            status = await self._flow(self)
        except ImagoError as mishap:
            self.mishap = mishap
            status = mishap.status
        except Exception as mishap:  # noqa: BLE001  told without a word of the couple
            self._handle_exception(mishap)
            return
        self.exit(status, return_code=status)

    def end_from_outside(self, status: int) -> None:
        """A signal: keep what is being typed, restore the terminal, end with ``status``."""
        for screen in self.screen_stack:
            if isinstance(screen, Quiet):
                screen.save_draft()
        self.exit(status, return_code=status)

    # Doors that Textual leaves open

    @property
    def clipboard(self) -> str:
        """What was cut or copied in the field that has the focus; no other field's."""
        field = self.focused
        return field.clip if isinstance(field, Area | Line) else ""

    def copy_to_clipboard(self, text: str) -> None:
        """Keep it with the field it came from, and never send it to the terminal."""
        field = self.focused
        if isinstance(field, Area | Line) and not getattr(field, "secret", False):
            field.clip = text

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """None: one of Textual's own would write the screen to a file."""
        del screen
        return ()

    def deliver_screenshot(self, *given: Any, **more: Any) -> str | None:
        """Never: a picture of the screen is plain text on the disk."""
        del given, more
        return None

    def panic(self, *renderables: RenderableType) -> None:
        """Something went astray in a thread of Textual's: end, with nothing of it shown."""
        del renderables
        self._end_astray(sys.exc_info()[1])

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        if not self.rest.veiled:
            super()._display(screen, renderable)

    def _handle_exception(self, error: Exception) -> None:
        if not self._exit:  # what happens while the screen is taken down is nobody's news
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        # Textual would print the traceback with its locals here: somebody's words.
        self._end_astray(self._exception)

    def _end_astray(self, error: BaseException | None) -> None:
        if isinstance(error, WorkerFailed | WorkerCancelled):
            error = getattr(error, "error", None) or error
        if self.mishap is None:
            self.mishap = as_error(error or RuntimeError())
        self._return_code = self.mishap.status
        self._close_messages_no_wait()


def run(flow: Flow, settings: Settings | None = None) -> int:
    """Run a flow on this terminal; its exit status.

    Raises:
        ImagoError: status 2 without a terminal; any mishap of the flow; a fault of ours as one
            plain sentence.
    """
    for stream in (sys.__stdin__, sys.__stderr__):
        if stream is None or not stream.isatty():
            raise ImagoError(
                words("errors.terminal_needed"), words("errors.terminal_needed_hint"), 2
            )
    import termios

    for stale in ("COLUMNS", "LINES"):  # a shell's, exported; the terminal itself knows its size
        os.environ.pop(stale, None)
    app = ImagoApp(flow, settings)
    app.terminal = termios.tcgetattr(sys.__stdin__.fileno())  # type: ignore[union-attr]
    # The app takes requests to end once it runs; before and after that there is nothing to save.
    ends = {"SIGINT": closing.STATUS, **ENDED_BY}
    before = {
        name: signal.signal(getattr(signal, name), lambda *_, status=status: app.close_now(status))
        for name, status in ends.items()
    }
    try:
        app.run(mouse=False)
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)
        for stream in (sys.__stdout__, sys.__stderr__):
            _flush(stream)
    if app.mishap is not None:
        raise app.mishap
    return app.return_code or 0


def _flush(stream: TextIO | None) -> None:
    """Let what a closed window could not take go nowhere; it would change the exit status."""
    if stream is None:
        return
    try:
        stream.flush()
    except OSError:
        silence(stream.fileno())


def still_where_plain(settings: Settings) -> Settings:
    """What holds on this terminal: whoever wants no colours is shown a screen that is still, too.

    Only for showing; what is saved is the settings file's own.
    """
    return replace(settings, motion=False) if os.environ.get("NO_COLOR") else settings

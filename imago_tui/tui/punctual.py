"""Single timers that always come, however busy the machine is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message_pump import MessagePump

if TYPE_CHECKING:
    from textual.timer import Timer, TimerCallback


class Punctual(MessagePump):
    """For an app or a screen whose single timers decide something."""

    def set_timer(
        self,
        delay: float,
        callback: TimerCallback | None = None,
        *,
        name: str | None = None,
        pause: bool = False,
    ) -> Timer:
        """Call ``callback`` once, ``delay`` seconds from now or as soon after that as it can be.

        Textual's own leaves a tick out whose time has passed when the timer gets to run. That is
        right for a clock that ticks on; a single tick would never come, and with it a decision.
        """
        timer = super().set_timer(delay, callback, name=name, pause=pause)
        timer._skip = False  # noqa: SLF001  `Timer` knows this wish, `set_timer` has no word for it
        return timer

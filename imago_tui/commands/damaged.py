"""What a command that reads says of files that it could not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui.errors import DAMAGED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imago_tui.journal.trouble import Trouble


def told(damaged: Sequence[Trouble]) -> int:
    """Say what could not be read; the rest was served."""
    from imago_tui.mishaps import tell

    for trouble in damaged:
        tell(str(trouble))
    return DAMAGED if damaged else 0

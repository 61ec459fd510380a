"""Where the program starts. Nothing heavy is imported before it is needed."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from imago_tui import NAME, __version__

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: what stands after the program's name; by default that of this process.

    Returns:
        The exit status (`imago_tui.errors` lists them). Mishaps are told on stderr, not raised.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given == ["--version"]:  # here and not in click: this has to be quick
        print(f"{NAME} {__version__}")
        return 0
    if os.name == "nt":  # before anything that Windows lacks is imported
        return _not_here()
    return _run(given)


def _not_here() -> int:
    from imago_tui.words import words

    print(f"{NAME}: {words('errors.windows')}\n{words('errors.windows_hint')}", file=sys.stderr)
    return 2


def _run(given: list[str]) -> int:
    from imago_tui.loading import loading

    with loading():
        from imago_tui.config import speak
        from imago_tui.mishaps import settle, watch
        from imago_tui.privacy import close_doors

        close_doors()
        watch()
        speak()  # before any command is named: its help is said in that language too
    try:
        with loading():
            from imago_tui.commands.group import run

        status = run(given)
        if sys.stdout is not None:  # None: it was closed from outside
            sys.stdout.flush()  # now, while a full disk or a closed pipe can still be told
    except Exception as mishap:  # noqa: BLE001  the one place that turns any mishap into a sentence
        return settle(mishap)
    except KeyboardInterrupt as mishap:
        return settle(mishap)
    return status

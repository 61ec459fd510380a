"""`--since --until --exercise --topic`, alike wherever entries are chosen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from imago_tui.errors import ImagoError
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from imago_tui.journal.filters import Filter


def filtered(command: Callable[..., Any]) -> Callable[..., Any]:
    """The four options, which arrive as `since`, `until`, `exercise` and `topic`."""
    for name, metavar in (
        ("topic", "WORDS"),
        ("exercise", "NAME"),
        ("until", "DAY"),
        ("since", "DAY"),
    ):
        option = click.option(f"--{name}", metavar=metavar, help=words(f"outgoing.options.{name}"))
        command = option(command)
    return command


def wanted(chosen: dict[str, str | None]) -> Filter:
    """What the options say.

    Raises:
        ImagoError: 2 a day is none.
    """
    from imago_tui.journal.filters import Filter

    return Filter(_day(chosen["since"]), _day(chosen["until"]), chosen["exercise"], chosen["topic"])


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text[:10] if "T" in text else text)
    except ValueError:
        raise ImagoError(
            words("outgoing.day", text=text[:40]), words("outgoing.day_hint"), 2
        ) from None

"""`--since --until --exercise --topic --state --feeling`, alike wherever entries are chosen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, cast

import click

from imago_tui.errors import ImagoError
from imago_tui.nearest import nearest
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from imago_tui.journal.entry import KeptAs
    from imago_tui.journal.filters import Filter
    from imago_tui.journal.own import OwnRoom
    from imago_tui.journal.store import Journal


def filtered(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options, which arrive by their names."""
    for name, metavar in (
        ("feeling", "WORD"),
        ("state", "WORD"),
        ("topic", "WORDS"),
        ("exercise", "NAME"),
        ("until", "DAY"),
        ("since", "DAY"),
    ):
        option = click.option(f"--{name}", metavar=metavar, help=words(f"outgoing.options.{name}"))
        command = option(command)
    return command


def wanted(chosen: dict[str, str | None]) -> Filter:
    """What the options say, but for what needs the journal open: see `felt`.

    Raises:
        ImagoError: 2 a day is none, or a state or feeling is not known.
    """
    from imago_tui.journal.entry import KEPT_AS
    from imago_tui.journal.filters import Filter

    state = _known(chosen["state"], "state", KEPT_AS)
    _known(chosen["feeling"], "feeling", words.table("feelings.families"))
    return Filter(
        _day(chosen["since"]),
        _day(chosen["until"]),
        chosen["exercise"],
        chosen["topic"],
        cast("KeptAs | None", state),
    )


def felt(meant: Filter, chosen: dict[str, str | None], room: Journal | OwnRoom) -> Filter:
    """`meant`, and of that only where a feeling of the wanted family was named.

    Raises:
        ImagoError: 2 a feeling is asked for in one's own room, where nobody guesses one.
    """
    from imago_tui.journal.own import OwnRoom
    from imago_tui.review import feelings
    from imago_tui.review.remembered import by_dialogue

    feeling = chosen["feeling"]
    if feeling is None:
        return meant
    if isinstance(room, OwnRoom):
        raise ImagoError(words("outgoing.feeling_own"), "", 2)
    named = feelings.felt(by_dialogue(room.keepsakes()))
    return replace(
        meant, ids=frozenset(id_ for id_, families in named.items() if feeling in families)
    )


def _known(given: str | None, what: str, good: Iterable[str]) -> str | None:
    every = list(good)
    if given is None or given in every:
        return given
    close = nearest(given, every)
    hint = words("cli.did_you_mean", name=close) if close else ""
    raise ImagoError(
        words(f"outgoing.{what}_unknown", text=given[:40]),
        hint or words("outgoing.known", known=", ".join(every)),
        2,
    )


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text[:10] if "T" in text else text)
    except ValueError:
        raise ImagoError(
            words("outgoing.day", text=text[:40]), words("outgoing.day_hint"), 2
        ) from None

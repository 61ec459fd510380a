"""Options that several commands take alike."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from imago_tui import paths
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Callable

Command = TypeVar("Command", bound="Callable[..., Any]")


class Place(click.Path):
    """A path, with a sentence of our own where there can be no file at it."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """As click does. Raises ImagoError: 2 there can be no file there."""
        return paths.possible(Path(os.fsdecode(super().convert(value, param, ctx))))


FILE = Place(path_type=Path)
"""A path as it was given; whether it can be read or written is told in our own words later."""


def passphrase_file(command: Command) -> Command:
    """`--passphrase-file FILE`, as often as needed."""
    return click.option(
        "--passphrase-file",
        "files",
        type=FILE,
        multiple=True,
        metavar="FILE",
        help=words("plain.options.passphrase_file"),
    )(command)

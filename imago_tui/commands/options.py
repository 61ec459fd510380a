"""Options that several commands take alike."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Callable

Command = TypeVar("Command", bound="Callable[..., Any]")

FILE = click.Path(path_type=Path)
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

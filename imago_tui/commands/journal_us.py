"""`imago-tui journal us`: how it was for the two of them, drawn, and how it is now."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from imago_tui.commands.options import passphrase_file
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from imago_tui.journal.notes import HowItWas


@click.command("us", help=words("review.us.help"))
@click.option(
    "--say",
    "how",
    type=click.Choice(["closer", "as-before", "apart"]),
    help=words("review.us.say"),
)
@passphrase_file
@click.pass_obj
def us(before: Sequence[Path], *, how: str | None, files: Sequence[Path]) -> int:
    """Draw it; with an answer, after that was kept."""
    from imago_tui import paths
    from imago_tui.commands.unlock import open_journal
    from imago_tui.journal.notes import how_for_us, say_how_for_us
    from imago_tui.now import local_now
    from imago_tui.review.us import page

    with open_journal(paths.journal_dir(), (*(before or ()), *files)) as journal:
        if how is not None:
            say_how_for_us(journal, cast("HowItWas", how), made=local_now())
        found = page(how_for_us(journal))
    click.echo("\n".join((found.title, "", *found.lines)))
    return 0

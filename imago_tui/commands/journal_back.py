"""`imago-tui journal remembered | topics | open`: the pages of a look back, in lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from imago_tui.commands.damaged import told
from imago_tui.commands.options import passphrase_file
from imago_tui.errors import WRONG_USE, ImagoError
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from imago_tui.looking_back import LookBack

_print = click.option("--print", "printed", is_flag=True, help=words("reading.options.print"))


@click.command("remembered", help=words("reading.help.remembered"))
@_print
@passphrase_file
@click.pass_obj
def remembered(before: Sequence[Path], *, printed: bool, files: Sequence[Path]) -> int:
    """What each asked to be remembered, and what this day brought in other years."""
    from imago_tui.plain.looking_back import listed
    from imago_tui.plain.reading import show

    back = _looked(before, files)
    show(listed(back.fill("remembered"), "remembered"), printed=printed)
    return told(back.damaged)


@click.command("open", help=words("reading.help.open"))
@_print
@passphrase_file
@click.pass_obj
def still_open(before: Sequence[Path], *, printed: bool, files: Sequence[Path]) -> int:
    """What is still open between the two."""
    from imago_tui.plain.looking_back import listed
    from imago_tui.plain.reading import show

    back = _looked(before, files)
    show(listed(back.fill("still-open"), "still-open"), printed=printed)
    return told(back.damaged)


@click.command("topics", help=words("reading.help.topics"))
@click.argument("topic", required=False)
@_print
@passphrase_file
@click.pass_obj
def topics(
    before: Sequence[Path], *, topic: str | None, printed: bool, files: Sequence[Path]
) -> int:
    """What comes back; or what was remembered and agreed along one topic."""
    from imago_tui.journal import tokens
    from imago_tui.nearest import nearest
    from imago_tui.plain.looking_back import listed
    from imago_tui.plain.reading import show

    back = _looked(before, files)
    if topic is None:
        show(listed(back.fill("topics"), "topics"), printed=printed)
        return told(back.damaged)
    known = {tokens.plain(one.word): one.word for one in back.threads}
    word = known.get(tokens.plain(topic))
    if word is None:
        like = nearest(topic, known.values())
        hint = words("reading.topic_near", word=like) if like else ""
        raise ImagoError(words("reading.topic_unknown"), hint, WRONG_USE)
    show(listed(back.fill("topic", topic=word), "topics"), printed=printed)
    return told(back.damaged)


def _looked(before: Sequence[Path], files: Sequence[Path]) -> LookBack:
    from imago_tui import paths
    from imago_tui.commands.unlock import open_journal
    from imago_tui.looking_back import LookBack
    from imago_tui.now import local_now

    # Open until the process ends, which is as soon as it is told.
    return LookBack(open_journal(paths.journal_dir(), (*(before or ()), *files)), local_now())

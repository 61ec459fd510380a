"""Dialogues as one printable page that needs nothing else: no script, no picture, no address."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from imago_tui.outgoing.markdown import SHOWN
from imago_tui.retelling import day, retold, title
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from imago_tui.journal.entry import Entry

POLICY = (
    '<meta http-equiv="Content-Security-Policy"'
    " content=\"default-src 'none'; style-src 'unsafe-inline'\">"
)
STYLE = """
body { font: 1.05rem/1.55 Georgia, serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem;
  color: #1a1a1a; background: #fff }
article { margin: 0 0 3rem }
h1, h2 { line-height: 1.25 }
p { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0 0 1rem }
.day, .who { color: #555; margin: 0 }
.back { margin-left: 2rem }
.quiet { color: #555 }
@media print { body { margin: 0; max-width: none } article { break-after: page }
  h2, .who { break-after: avoid } }
"""


def escaped(text: str) -> str:
    """`text` so that a page shows it as it is."""
    return html.escape(text.translate(SHOWN))


def paragraph(text: str, kind: str = "") -> str:
    """A paragraph that finds its own direction."""
    mark = f' class="{kind}"' if kind else ""
    return f'<p dir="auto"{mark}>{escaped(text)}</p>'


def compose(entries: Sequence[Entry]) -> str:
    """All of them, in the order given."""
    return document(words("outgoing.heading"), (_entry(entry) for entry in entries))


def document(heading: str, parts: Iterable[str]) -> str:
    """A whole page around `parts`, which are HTML already."""
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{words.language}"><head><meta charset="utf-8">',
            POLICY,
            '<meta name="viewport" content="width=device-width">',
            f"<title>{escaped(heading)}</title><style>{STYLE}</style></head><body>",
            f'<h1 dir="auto">{escaped(heading)}</h1>',
            *parts,
            "</body></html>\n",
        ]
    )


def _entry(entry: Entry) -> str:
    lines = [f'<article><h2 dir="auto">{escaped(title(entry))}</h2>']
    lines.append(paragraph(day(entry.started), "day"))
    for block in retold(entry):
        if block.head:
            lines.append(paragraph(block.head, "who"))
        lines.append(paragraph(block.text, block.kind))
    return "\n".join([*lines, "</article>"])

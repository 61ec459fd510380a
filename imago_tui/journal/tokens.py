"""Texts cut into what a search finds, the same way for what is kept and for what is looked for.

Case and accents don't matter. A run of Chinese, Japanese or Korean is cut into pairs of letters,
since it has no blanks between words; an emoji is a word.
"""

from __future__ import annotations

import re
import unicodedata

MOST_TERMS = 32
MOST_QUERY = 2000

_CJK = (
    "\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3040-\u30ff\u3105-\u312f"
    "\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff"
    "\uf900-\ufaff\uff66-\uff9d\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
_RUN = re.compile(f"[{_CJK}]+|[^\\W_{_CJK}]+|[\\u2190-\\u2bff\\U0001f000-\\U0001faff]")
_ASCII = re.compile("[a-z0-9]+")


def plain(text: str) -> str:
    """`text` without case and accents, for comparing only."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in apart if unicodedata.category(letter) != "Mn")
    return unicodedata.normalize("NFC", bare)


def runs(text: str) -> list[str]:
    """Words, runs of CJK, and single emoji of `text`, in order."""
    bare = plain(text)
    return (_ASCII if bare.isascii() else _RUN).findall(bare)


def is_cjk(run: str) -> bool:
    """Whether a run of `runs` is Chinese, Japanese or Korean."""
    return re.match(f"[{_CJK}]", run) is not None


def terms(text: str) -> str:
    """What of `text` is kept for searching: terms with blanks between."""
    if text.isascii():
        return " ".join(_ASCII.findall(text.lower()))
    found: list[str] = []
    for run in runs(text):
        found += [*pairs(run), run[-1]] if is_cjk(run) else [run]
    return " ".join(found)


def pairs(run: str) -> list[str]:
    """Each two letters that stand side by side; none for a single letter."""
    return [run[at : at + 2] for at in range(len(run) - 1)]


def query(text: str) -> str:
    """What to ask SQLite's FTS5 for what a person typed; empty when there is nothing to look for.

    Every word must occur. The last may be only the beginning of one, from its second letter on:
    nearly everything has a word with any one letter, and looking at all of that takes its time.
    """
    found = runs(text[:MOST_QUERY])[:MOST_TERMS]
    parts: list[str] = []
    for at, run in enumerate(found):
        last = at == len(found) - 1
        if not is_cjk(run):
            parts.append(f'"{run}"*' if last and len(run) > 1 else f'"{run}"')
        elif len(run) == 1:
            parts.append(f'"{run}"*')
        else:
            parts.append('"' + " ".join(pairs(run)) + '"')
    return " AND ".join(parts)

"""The page "how I like it": one person's ways, each a press away, each as good as the other.

A value that both front ends drive: show `page()`, give what was pressed to `take()`, until `done`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from imago_tui.coach import CODES
from imago_tui.evening.page import Option, Page
from imago_tui.helping.likes import BY_ITSELF, LADDER, LEVELS, PACES, Likes
from imago_tui.words import words

if TYPE_CHECKING:
    from imago_tui.evening.page import Answer

TOP, KINDS = "top", "kinds"
BACK = "back"
VALUES: dict[str, tuple[str, ...]] = {"help": (BY_ITSELF, *LEVELS), "pace": ("", *PACES)}
"""What is one of several: each press takes the next."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """Where somebody stands who says how they like it. ``done``: they are through."""

    name: str
    likes: Likes
    at: str = TOP
    usual: str = ""
    done: bool = False

    def page(self) -> Page:
        """What is asked now."""
        if self.at == KINDS:
            title = words("likes.kinds.title", name=self.name)
            options = [self._so(code, f"likes.kinds.{code}") for code in CODES]
        else:
            title = words(f"likes.page.{self.at}", name=self.name)
            named = words.table(f"likes.{self.at}")
            options = [self._so(key, f"likes.{self.at}.{key}") for key in named]
            if self.at == "help" and self.likes.hints:
                options.append(Option(KINDS, words("likes.kinds.open")))
        last = Option(BACK, words("likes.done" if self.at == TOP else "likes.back"))
        small = words("likes.both" if self.at in {"words", "steps"} else "likes.mine")
        usual = self.usual if self.usual in {one.key for one in options} else ""
        return Page(
            "likes", title, options=(*options, last), small="" if self.at == TOP else small,
            suggested=usual,
        )  # fmt: skip

    def take(self, answer: Answer) -> Choosing:
        """After what was pressed."""
        key = answer.choice
        if key == BACK:
            above = {TOP: TOP, KINDS: "help"}.get(self.at, TOP)
            return replace(self, at=above, usual=self.at, done=self.at == TOP)
        if self.at == TOP or key == KINDS:
            return replace(self, at=key, usual="")
        return replace(self, likes=changed(self.likes, key), usual=key)

    def _so(self, key: str, name: str) -> Option:
        what = words(name)
        if self.at == TOP:
            return Option(key, what)
        if key in VALUES:
            how = words.table(f"likes.value.{key}")[getattr(self.likes, key)]
        elif key in CODES:
            how = words("likes.no" if key in self.likes.quiet else "likes.yes")
        else:
            how = words("likes.yes" if getattr(self.likes, key) else "likes.no")
        return Option(key, words("likes.so", what=what, how=how))


def changed(likes: Likes, key: str) -> Likes:
    """The likes after a press on one of them: the other way, or the next of several."""
    if key in CODES:
        return replace(likes, quiet=likes.quiet ^ {key})
    if key not in VALUES:
        turned: dict[str, Any] = {key: not getattr(likes, key)}
        return replace(likes, **turned)
    values = VALUES[key]
    after = values[(values.index(getattr(likes, key)) + 1) % len(values)]
    if key == "help":  # whoever sets it begins with all of it when it fades again
        return replace(likes, help=after, eased=LADDER[0])
    return replace(likes, pace=after)

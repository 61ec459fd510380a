"""A look for the one who is not sure: a couple who stumble and come back, and what is never asked.

Three minutes that run by themselves; nobody has to do anything, nothing is kept, and it ends with a
choice of which none is better. A value that both front ends drive, like `practice`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from imago_tui.evening.pages import from_words

if TYPE_CHECKING:
    from imago_tui.evening import Answer, Page

Need = Literal["watch", "page", "over"]

COUPLE = "stumble"
"""Those who are watched: a fumble, and how it is forgiven."""


@dataclass(frozen=True, slots=True)
class Look:
    """Where a look stands; `then`: where to after it, the key of one of home's choices."""

    at: str = "begin"
    then: str = "back"

    @property
    def need(self) -> Need:
        """What comes next."""
        return self.at if self.at in {"watch", "over"} else "page"  # type: ignore[return-value]

    def page(self) -> Page:
        """What is told now, when `need` is "page"."""
        return from_words(f"look.page.{self.at}", self.at)

    def watched(self) -> Look:
        """They have seen the couple, or enough of them."""
        return replace(self, at="never")

    def take(self, answer: Answer) -> Look:
        """The next one after what was pressed."""
        match self.at, answer.choice:
            case "begin", "go":
                return replace(self, at="watch")
            case "never", "go":
                return replace(self, at="after")
            case _, ("first-meeting" | "practice") as then:
                return replace(self, at="over", then=then)
        return replace(self, at="over")

    def stop(self) -> Look:
        """Enough, at any time."""
        return replace(self, at="over")

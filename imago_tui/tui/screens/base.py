"""What every screen has in common: its keys come from the registry, nothing on it can be copied out
of it, and the two ways out are always there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.screen import Screen
from textual.widgets import Static

from imago_tui.tui import commands
from imago_tui.tui.punctual import Punctual
from imago_tui.tui.widgets.fields import Area, Line

if TYPE_CHECKING:
    from textual.binding import BindingType

    from imago_tui.tui.app import ImagoApp

Result = TypeVar("Result")


class Keys(Static):
    """The line at the bottom: the few keys that are always there."""

    DEFAULT_CSS = "Keys { height: 1; color: $imago-quiet; padding: 0 1; }"

    def __init__(self) -> None:
        super().__init__(markup=False)


class Quiet(Punctual, Screen[Result], inherit_bindings=False):
    """A page. ``where`` says which commands are its own; each runs a method ``do_<id>``."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [*commands.bindings("page")]
    DEFAULT_CSS = "Quiet { background: $background; color: $foreground; layout: vertical; }"
    where: ClassVar[commands.Where] = "page"

    @property
    def imago(self) -> ImagoApp:
        """The app, as what it is."""
        return cast("ImagoApp", self.app)

    @property
    def in_field(self) -> bool:
        """Whether letters are words now, not keys."""
        return isinstance(self.focused, Area | Line)

    def action_command(self, name: str) -> None:
        """Run a command of the registry, if this screen knows it."""
        do = getattr(self, "do_" + name.replace("-", "_"), None)
        if do is not None:
            do()

    def without(self) -> frozenset[str]:
        """Commands that are not open now: the line at the bottom leaves them out."""
        return frozenset()

    def also(self) -> tuple[str, ...]:
        """Commands to name first in the line at the bottom."""
        return ()

    def name_keys(self) -> None:
        """Write the line at the bottom anew."""
        for keys in self.query(Keys):
            keys.update(
                commands.footer(
                    self.where,
                    self.size.width - 2,
                    field=self.in_field,
                    without=self.without(),
                    also=self.also(),
                )
            )

    def on_resize(self) -> None:
        """Another width has room for other keys."""
        self.name_keys()

    def on_descendant_focus(self) -> None:
        """In a field other keys are open."""
        self.name_keys()

    def on_descendant_blur(self) -> None:
        """Likewise when it is left."""
        self.name_keys()

    def save_draft(self) -> None:
        """The program is about to end from outside: keep what is being typed, if it can be kept."""

    def put_away(self) -> bool | None:
        """Nobody is here any more: seal what is being written.

        Returns:
            Whether it is sealed; None where nothing is written that could be kept.
        """
        self.save_draft()
        return None

    def do_close_now(self) -> None:
        """Close now."""
        self.imago.close_now()

    def do_about(self) -> None:
        """The page that everyone may read at any time."""
        self.imago.about()

    def do_list(self) -> None:
        """Everything that can be pressed here; what is chosen is done."""
        from imago_tui.tui.screens.card import CardScreen, list_of

        self.app.push_screen(CardScreen(list_of(self.where, self.without())), self._listed)

    def _listed(self, answer: object) -> None:
        choice = getattr(answer, "choice", "")
        if choice in commands.BY_ID:
            self.action_command(choice)

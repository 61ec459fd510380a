"""Hints on a text: what may be noticed in it, told as one thing to try. Knows of no screen.

Pure: texts and cue lists come in, at most one `Hint` goes out. Nothing of a person is kept, counted
or shown, and no hint ever decides anything: the Sender's "you got it" does.
"""

from __future__ import annotations

from imago_tui.coach.form import likeness
from imago_tui.coach.hints import CODES, KINDS, OFF, Hint, find
from imago_tui.coach.language import Language
from imago_tui.coach.quiet import Quietened

__all__ = ["CODES", "KINDS", "OFF", "Hint", "Language", "Quietened", "find", "likeness"]

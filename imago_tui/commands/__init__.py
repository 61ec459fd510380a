"""The commands of the program: one small module each, imported when it is run and not before.

To add one:

1. write `imago_tui/commands/<name>.py` with a click command called `command`; what is heavy is
   imported inside its function;
2. name it in `COMMANDS`, in the order in which help shows it;
3. say in `words/en/cli.toml` under `[commands]` what it does, in one line.
"""

from __future__ import annotations

COMMANDS: dict[str, str] = {
    "dialogue": "imago_tui.commands.dialogue",
    "exercises": "imago_tui.commands.exercises",
    "setup": "imago_tui.commands.setup",
    "journal": "imago_tui.commands.journal",
    "look": "imago_tui.commands.look",
    "thanks": "imago_tui.commands.thanks",
    "card": "imago_tui.commands.card",
    "coach": "imago_tui.commands.coach",
    "about": "imago_tui.commands.about",
}

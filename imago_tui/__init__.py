"""imago-tui: two people, one laptop, and the Imago dialogue between them."""

__version__ = "0.1.0"
NAME = "imago-tui"

"""`python -m imago_tui`."""

import sys

from imago_tui.cli import main

if __name__ == "__main__":
    sys.exit(main())

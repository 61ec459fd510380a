"""Start the program from this checkout, without having installed it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from imago_tui.cli import main

sys.exit(main())

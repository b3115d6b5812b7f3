"""`python -m pipeline` is `dateline`."""

from __future__ import annotations

import sys

from pipeline.main import main

if __name__ == "__main__":
    sys.exit(main())

"""The fuzz targets by Atheris, which is not installed with dateline: `pip install atheris`, then

python -m tests.hostile.atheris_fuzz TARGET -atheris_runs=50000 [-max_len=512]
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["transforms", "pipeline", "schemas"]):
    from tests.hostile.targets import TARGETS


def main() -> None:
    """Runs one target by name."""
    name, arguments = sys.argv[1], sys.argv[2:]
    atheris.Setup([sys.argv[0], *arguments], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()

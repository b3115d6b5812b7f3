"""Windows where records are held back within a bundle: what comes out of a batch is in the window that its records came in."""

from __future__ import annotations

from typing import Any

from apache_beam.pvalue import TaggedOutput
from apache_beam.transforms.window import BoundedWindow
from apache_beam.utils.windowed_value import WindowedValue


def in_window(output: Any, window: BoundedWindow) -> Any:
    """An output of a DoFn, tagged or not, in a window; its time is the window's end."""
    if isinstance(output, TaggedOutput):
        return TaggedOutput(output.tag, in_window(output.value, window))
    return WindowedValue(output, window.max_timestamp(), (window,))

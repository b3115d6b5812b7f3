from __future__ import annotations

import gc

import pytest

from pipeline.environment import importing


def test_garbage_is_looked_for_again_after_imports() -> None:
    with importing():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ValueError, match="broken"), importing():
        raise ValueError("broken")
    assert gc.isenabled()

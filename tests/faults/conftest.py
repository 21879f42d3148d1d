"""What the scenes assert is told as in a test."""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite("faults.play", "faults.story")

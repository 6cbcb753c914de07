from __future__ import annotations

from argparse import ArgumentTypeError

import pytest

from foundation.arguments import positive


def test_a_count_begins_at_one() -> None:
    assert positive("12") == 12
    for wrong in ("0", "-3", "1.5", "", "many"):
        with pytest.raises(ArgumentTypeError):
            positive(wrong)

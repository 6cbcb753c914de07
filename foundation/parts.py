"""A management command whose subcommands belong to several apps, which do not know each other."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand


@dataclass(frozen=True, slots=True)
class Part:
    """`handle` is given the command, for its `stdout` and `stderr`, and the options."""

    help: str
    add_arguments: Callable[[ArgumentParser], None]
    handle: Callable[[BaseCommand, dict[str, Any]], None]


class PartsCommand(BaseCommand):
    """`manage.py <command> PART …`."""

    parts: dict[str, Part]

    def add_arguments(self, parser: ArgumentParser) -> None:
        chosen = parser.add_subparsers(dest="part", required=True, metavar="PART")
        for name, part in self.parts.items():
            part.add_arguments(chosen.add_parser(name, help=part.help))

    def handle(self, *args: Any, **options: Any) -> None:
        self.parts[options["part"]].handle(self, options)

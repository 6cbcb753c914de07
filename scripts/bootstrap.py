#!/usr/bin/env python3
"""Sets a fresh machine up: .venv, pinned packages, the bundled model, translations. Standard library only.

    python3 scripts/bootstrap.py          what the product needs
    python3 scripts/bootstrap.py --dev    and what tests and linters need

A stamp in .venv holds what was installed: where it matches, this ends at once. It is written last, so an interrupted
set-up goes on with the next call. Whatever goes wrong is said in one sentence, with exit status 1.
"""

# This file must still be readable by an old Python, so that it can say that it is one.
from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036
    version = ".".join(str(part) for part in sys.version_info[:3])
    sys.exit(
        "Error: Python 3.11 or newer is needed, and %s is %s. Name another one: make run PYTHON=python3.12"  # noqa: UP031
        % (sys.executable, version)
    )

import argparse
import hashlib
import os
import platform
import time
from pathlib import Path

from setting_up import machine, packages, places, system
from setting_up.places import SetupError, python, say
from setting_up.running import alone, run


def main() -> int:
    parser = argparse.ArgumentParser(description="Sets up .venv, the bundled model and translations.")
    parser.add_argument("--dev", action="store_true", help="also what tests and linters need")
    parser.add_argument("--browser", action="store_true", help="also Chromium for the browser tests (as root, by apt)")
    options = parser.parse_args()
    try:
        places.LOG.parent.mkdir(parents=True, exist_ok=True)
        with alone(places.DATA / "setup.lock"):
            set_up(dev=options.dev)
            if options.browser:
                system.install_browser()
    except SetupError as problem:
        print(f"Error: {problem}", file=sys.stderr)
        return 1
    except OSError as problem:
        print(f"Error: {problem.strerror or problem} ({problem.filename or places.ROOT}).", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nSet-up interrupted; the next start goes on from here.", file=sys.stderr)
        return 130
    return 0


def set_up(*, dev: bool) -> None:
    flavour, why = machine.torch_flavour()
    wanted = fingerprint(flavour, dev=dev)
    # What --dev installed holds everything that a set-up without it needs.
    if stamp() not in {wanted, fingerprint(flavour, dev=True)}:
        begun = time.monotonic()
        machine.check_disk(flavour)
        (places.VENV / "stamp").unlink(missing_ok=True)
        packages.make_venv()
        packages.install_torch(flavour, why)
        packages.install_packages(dev=dev)
        (places.VENV / "stamp.new").write_text(wanted)
        os.replace(places.VENV / "stamp.new", places.VENV / "stamp")
        say(f"Packages are installed ({time.monotonic() - begun:.0f} s).")
    build = [python(), "-m", "foundation.inference.build", str(places.DATA), "--adapter", str(places.ADAPTER)]
    run(build, "The bundled language model can't be made ready")
    run([python(), "-m", "ecomsite.translations"], "The translations can't be compiled")


def fingerprint(flavour: str, *, dev: bool) -> str:
    """Everything that decides what stands in .venv."""
    digest = hashlib.sha256()
    names = ["requirements.txt", "constraints.txt"] + (["requirements-dev.txt"] if dev else [])
    for name in names:
        digest.update((places.ROOT / name).read_bytes())
    facts = [platform.python_version(), platform.machine(), flavour]
    facts += [packages.TORCH, *packages.WITHOUT_DEPENDENCIES, str(places.VENV)]
    digest.update("\n".join(facts).encode())
    return digest.hexdigest()


def stamp() -> str:
    path = places.VENV / "stamp"
    return path.read_text() if path.exists() and Path(python()).exists() else ""


if __name__ == "__main__":
    sys.exit(main())

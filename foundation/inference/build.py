"""`python -m foundation.inference.build DATA_DIR [--engine auto|openvino|torch|all]`: make the bundled model ready.

`make run` calls it before the worker starts, so that the first job does not wait for it.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from foundation.inference import bundled, hardware
from foundation.inference.types import InferenceError


def main(argv: list[str] | None = None) -> int:
    """Build what is missing, one progress line a step. Exit code 1 and one sentence where it cannot."""
    parser = argparse.ArgumentParser(prog="python -m foundation.inference.build", description=__doc__)
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("--engine", choices=("auto", "openvino", "torch", "all"), default="auto")
    parser.add_argument("--adapter", type=Path, help="merge this LoRA adapter, a folder as peft writes it")
    parser.add_argument("--verify", action="store_true", help="read every file and compare checksums")
    args = parser.parse_args(argv)
    engine = hardware.choose_engine() if args.engine == "auto" else args.engine
    makers = {"openvino": bundled.openvino_folder, "torch": bundled.torch_folder}
    wanted = list(makers) if engine == "all" else [engine]
    try:
        for name in wanted:
            folder = makers[name](args.data_dir, _say, args.adapter)
            if args.verify:
                bundled.verify(folder)
                _say(f"{folder}: checksums are right")
    except (InferenceError, OSError) as problem:
        print(f"The bundled model could not be prepared: {problem}", file=sys.stderr)
        return 1
    return 0


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())

"""A worker of its own process that decides about drafts, slowly enough to be killed in the middle of a chunk.

`python -m tests.copywriter.deciding_child '{"database": …, "job": 1, "chunk": 20}'`
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

SECONDS_A_CHUNK = 0.3


def main(given: dict[str, Any]) -> None:
    import django
    from django.conf import settings

    settings.DATABASES["default"] = given["database"]
    django.setup()

    from copywriter import services
    from copywriter.jobs_deciding import DecideDrafts, UndoRun
    from foundation.jobs import engine

    DecideDrafts.chunk_size = UndoRun.chunk_size = given["chunk"]
    for name in ("accept_many", "take_back"):
        _slow_down(services, name)
    while engine.run_chunk("io", given["job"]):
        pass


def _slow_down(services: Any, name: str) -> None:
    verb = getattr(services, name)

    def slowly(*args: Any, **kwargs: Any) -> Any:
        result = verb(*args, **kwargs)  # written, not committed
        time.sleep(SECONDS_A_CHUNK)
        return result

    setattr(services, name, slowly)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))

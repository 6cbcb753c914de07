"""A worker of its own process that runs one training, slowly enough to be killed in the middle of it.

`python -m tests.copywriter.training_child '{"database": …, "data_dir": …, "set": …, "model": …, "plan": …, "job": 1}'`
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

SECONDS_A_STEP = 0.1


def main(given: dict[str, Any]) -> None:
    import django
    from django.conf import settings

    settings.DATABASES["default"] = given["database"]
    settings.DATA_DIR = Path(given["data_dir"])
    settings.INFERENCE_ROLES = {"copy": {**settings.INFERENCE_ROLES["copy"], "adapter": None}}  # it is of no tiny model
    django.setup()

    from copywriter.training import job as teaching_job
    from copywriter.training import own_texts, running
    from foundation.inference import bundled
    from foundation.inference.lora import Progress
    from foundation.inference.lora_plan import Plan
    from foundation.jobs import engine

    reported = running.Running._report

    def report(self: running.Running, progress: Progress) -> None:
        time.sleep(SECONDS_A_STEP)
        reported(self, progress)

    running.Running._report = report  # type: ignore[method-assign]
    running.DATA = Path(given["set"])
    own_texts.FEWEST = 10
    bundled.torch_folder = lambda *_args, **_named: Path(given["model"])
    teaching_job.PLAN = Plan(**{**given["plan"], "targets": tuple(given["plan"]["targets"])})
    engine.run_chunk("bulk", given["job"])


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))

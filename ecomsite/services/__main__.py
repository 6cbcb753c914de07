"""`python -m ecomsite.services`: the same as `manage.py serve`."""

from __future__ import annotations

import sys

from ecomsite.services import commandline

if __name__ == "__main__":
    sys.exit(commandline.main(["manage.py", "serve", *sys.argv[1:]]))

#!/usr/bin/env python
"""Django's command line, with PostgreSQL and Valkey at hand: the running ones, or ones for this command's run."""

from __future__ import annotations

import sys

from ecomsite.services import commandline

if __name__ == "__main__":
    sys.exit(commandline.main(sys.argv))

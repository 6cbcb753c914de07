"""The steps of scripts/bootstrap.py. Standard library only: they run before anything is installed."""

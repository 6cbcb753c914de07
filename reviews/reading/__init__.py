"""Rows of a table as reviews. Pure: no database."""

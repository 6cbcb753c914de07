"""The supervisor, and the PostgreSQL and Valkey it runs where no DATABASE_URL / REDIS_URL is given.

Nothing in this package imports Django: it sets the environment that Django's settings are then read from.
"""

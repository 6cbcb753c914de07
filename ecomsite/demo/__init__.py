"""The demo shop: a catalog of our own writing, and the account that owns it."""

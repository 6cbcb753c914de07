"""Reading what shops export, without Django and without a database: bytes → rows → products, variants and issues."""

"""Reviews of the shop's customers: what they say, and how many say it."""

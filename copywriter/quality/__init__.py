"""What the quality page shows: figures of the texts over time, and what people decided about them."""

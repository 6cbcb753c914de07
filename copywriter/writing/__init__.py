"""From facts to a text: what to ask the model, part by part, and what of its answers stands. Pure, no database."""

"""What a person sees of drafts, and which of them."""

"""The sentiment classifier as a product: what it learns from, how it is measured, and the artefact that is shipped."""

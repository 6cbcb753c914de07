"""How positive or negative a text is: a small encoder with a head of five stars, taught and run with torch."""

"""Tuning the sources: what a change would do, making it, and taking it back."""

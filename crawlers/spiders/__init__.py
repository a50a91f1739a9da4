"""The spider: one for all platforms."""

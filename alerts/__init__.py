"""Finding what matters and telling it."""

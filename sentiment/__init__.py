"""The French reader: a transformer model and what it scores."""

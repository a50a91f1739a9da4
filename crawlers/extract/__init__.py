"""Reading reviews, ratings, listings and businesses from a page: pure functions."""

"""The sandbox town."""

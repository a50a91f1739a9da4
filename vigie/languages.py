"""Languages as codes."""

UNKNOWN_LANGUAGE = "und"
"""ISO 639-2's own code for a language that could not be told, or that the model does not read.

It is the label of such a text too: it is marked, not guessed.
"""

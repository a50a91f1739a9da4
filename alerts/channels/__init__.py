"""The ways a message leaves."""

"""The spiders: one small declaration a platform."""

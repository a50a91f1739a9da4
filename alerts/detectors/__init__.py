"""Pure detectors: standard library and numpy only."""

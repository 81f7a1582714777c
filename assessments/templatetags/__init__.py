"""Template tags of the checks."""

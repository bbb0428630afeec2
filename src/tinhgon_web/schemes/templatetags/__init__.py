"""Template tags of schemes."""

"""The web around the engine: a Django project whose apps are the nouns of the work."""

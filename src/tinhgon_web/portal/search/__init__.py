"""Search for the public: one list over articles, documents and places, the same on both databases."""

"""The programme in public: what was promised, by when, and what is done."""

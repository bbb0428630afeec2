"""Schemes open for comment: what people are asked about, until when, and what came of it."""

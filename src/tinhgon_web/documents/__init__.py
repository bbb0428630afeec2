"""Resolutions, programmes, decisions, reports: what every event cites."""

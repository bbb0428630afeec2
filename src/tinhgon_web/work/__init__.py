"""Programmes and what they set out to reach: ordinary rows with an audit line, beside the journal."""

"""Schemes: planned, compared, edited by hand, taken through the procedure, enacted."""

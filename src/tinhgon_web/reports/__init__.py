"""Figures of a review, each opening onto the events and documents it counts."""

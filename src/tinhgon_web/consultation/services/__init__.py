"""Writing a consultation: each service is atomic, leaves one audit line, and refuses with the rule and the way out."""

"""What the desk writes; each service leaves one line in the audit, and none of what a reader wrote."""

"""What every page has: time in the header, language, looks, security headers."""

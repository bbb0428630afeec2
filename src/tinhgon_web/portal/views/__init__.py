"""Public pages that are not Wagtail's own."""

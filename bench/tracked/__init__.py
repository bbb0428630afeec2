"""Units the way django-simple-history keeps them: a row, and a copy of it for every change."""

"""Two days compared: what was opened, closed, merged, renamed and moved between them, and by which acts."""

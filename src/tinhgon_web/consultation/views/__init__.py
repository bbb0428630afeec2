"""Pages of a consultation: the office's, and the public's."""

"""What the public reads: articles, library, hotline, comments, look-up; edited in Wagtail."""

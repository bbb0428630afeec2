"""Vietnamese words for what an editor meets in Wagtail and Wagtail has not in Vietnamese; nothing else is in here."""

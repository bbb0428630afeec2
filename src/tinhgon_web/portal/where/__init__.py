"""Where is my village now: names of any time, one or many, to the units of a day."""

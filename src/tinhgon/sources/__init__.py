"""Published data as registers: what was read, as events, and what is odd in it, row by row."""

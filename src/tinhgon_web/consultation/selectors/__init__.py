"""Reading a consultation. Nothing here joins who answered with what was answered, except `trace`, which says why."""

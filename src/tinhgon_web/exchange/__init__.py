"""What comes in from Excel and register folders, and goes out as one."""

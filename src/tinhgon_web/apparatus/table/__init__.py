"""The apparatus as a table: what is asked for, what is found, and the same as a workbook."""

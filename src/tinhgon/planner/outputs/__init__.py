"""What a plan is written to: tables, maps, spreadsheets, plain words."""

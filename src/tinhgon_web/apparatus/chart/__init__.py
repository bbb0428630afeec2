"""The organisation chart: a unit and those under it as a drawing that prints on A3."""

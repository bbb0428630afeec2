"""Excel workbooks that officers fill: the template, and the reading of a filled one into a register."""

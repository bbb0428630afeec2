"""Maps of the apparatus: outlines of units on a day, what they are coloured by, and the drawing without scripts."""

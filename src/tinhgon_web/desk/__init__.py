"""What readers send to the office and what it does with it: comments, questions and reports; and views counted."""

"""What a planner reads: tables of units, their neighbours, ad-hoc standards, and what is wrong with them."""

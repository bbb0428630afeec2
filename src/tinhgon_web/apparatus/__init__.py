"""The journal's rows, and the projection of units, posts and holders made from them."""

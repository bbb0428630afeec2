"""Accounts and the roles given to them: an administrator's pages, and everybody's own."""

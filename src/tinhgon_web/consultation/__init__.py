"""Consulting the people: rolls, codes, one ledger of web and paper answers, results, opinions."""

"""Codes, receipts and the one way from an answer to its ballot: a digest that needs the site's ballot key.

`BALLOT_KEY` is kept outside the database. Whoever holds the database alone cannot join who answered with what was
answered, nor find a household's code; whoever holds the key as well can, which a correction needs.
"""

from __future__ import annotations

import secrets
import unicodedata

from django.conf import settings
from django.utils.crypto import salted_hmac

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""What codes are written in: nothing that a hand confuses (0 O, 1 I L, U V)."""
GROUPS, PER_GROUP = 3, 4
"""A code is three groups of four letters of thirty: 58 bits."""


def new_code() -> str:
    """A code at random, as it is printed: K7M2-Q9XA-3RTD."""
    return "-".join(_letters(PER_GROUP) for _ in range(GROUPS))


def new_receipt() -> str:
    """A receipt number at random: 6D3K-WX8A."""
    return f"{_letters(4)}-{_letters(4)}"


def new_nonce() -> str:
    """What leads, with the key, from an answer to its ballot."""
    return secrets.token_hex(16)


def typed(code: str) -> str:
    """A code as typed, without spaces, hyphens and case; "" for what no code can be."""
    text = unicodedata.normalize("NFKC", code).upper()
    kept = "".join(char for char in text if char.isalnum())
    right = len(kept) == GROUPS * PER_GROUP and all(char in LETTERS for char in kept)
    return kept if right else ""


def code_digest(code: str) -> str:
    """What is kept of a code."""
    return _digest("code", typed(code))


def handle_of(nonce: str) -> str:
    """The key of the ballot that belongs to an answer."""
    return _digest("ballot", nonce)


def trace_of(kind: str, value: str) -> str:
    """A digest to count attempts by, so that no address or code is kept."""
    return _digest(f"attempt {kind}", value)


def _digest(purpose: str, value: str) -> str:
    salt = f"tinhgon.consultation {purpose}"
    return salted_hmac(salt, value, secret=settings.BALLOT_KEY, algorithm="sha256").hexdigest()


def _letters(count: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(count))

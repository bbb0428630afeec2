"""Look-up codes, and digests in place of what must not be kept: nobody's address stands in the database."""

from __future__ import annotations

import secrets
import unicodedata

from django.utils.crypto import salted_hmac

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Nothing that a hand confuses (0 O, 1 I L, U V)."""
GROUPS, PER_GROUP = 3, 4
"""Three groups of four letters of thirty: 58 bits."""


def new_code() -> str:
    """A look-up code at random: K7M2-Q9XA-3RTD."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(PER_GROUP)) for _ in range(GROUPS))


def code_digest(typed: str) -> str:
    """What is kept of a code; spaces, hyphens and case do not matter. "" for what no code can be."""
    text = unicodedata.normalize("NFKC", typed).upper()
    kept = "".join(char for char in text if char.isalnum())
    right = len(kept) == GROUPS * PER_GROUP and all(char in LETTERS for char in kept)
    return digest("code", kept) if right else ""


def digest(purpose: str, value: str) -> str:
    """A keyed digest, of no use to whoever holds the database alone."""
    return salted_hmac(f"tinhgon.desk {purpose}", value, algorithm="sha256").hexdigest()[:40]

"""A puzzle for whoever sends something without an account: a browser solves it by computing, a person by answering.

The work is altcha's (find the number whose hash with the salt is the challenge), done by a module of ours: altcha's
own widget starts its worker from a blob, which the site's policy forbids. Without JavaScript, or where a browser has
no `crypto.subtle`, a question about words stands in its place. Either answer counts once.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
import random
import secrets
from typing import Any

import attrs
from altcha import ChallengeOptions, create_challenge, verify_solution
from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tinhgon import text
from tinhgon_web.desk.models import SolvedPuzzle
from tinhgon_web.desk.secrecy import digest

LASTS = dt.timedelta(hours=2)
MOST_WORK = 60_000
"""A number up to this is looked for: about a second on a telephone."""
_SALT = "tinhgon.desk.puzzle"
_WORDS = (
    "cà phê",
    "hồ tiêu",
    "cao su",
    "thác nước",
    "buôn làng",
    "núi lửa",
    "cao nguyên",
    "dòng sông",
    "rừng thông",
)


class UnableToAcceptPuzzle(Exception):
    """The puzzle is not solved, is another's, is too old, or was used before."""

    def __init__(self, why: str) -> None:
        super().__init__(f"the puzzle was refused: {why}; load the form again and solve the new one")
        self.why = why


@attrs.frozen(slots=True)
class Puzzle:
    """What a form shows: the challenge for browsers, the question for people, and what ties both to the form."""

    challenge: str
    question: str
    token: str


def new(purpose: str) -> Puzzle:
    """A fresh puzzle for a form; `purpose` says which."""
    nonce = secrets.token_hex(16)
    challenge = create_challenge(
        ChallengeOptions(
            hmac_key=settings.SECRET_KEY,
            max_number=MOST_WORK,
            expires=timezone.now() + LASTS,
            params={"for": purpose, "nonce": nonce},
        )
    )
    words = random.SystemRandom().sample(_WORDS, 4)
    place = secrets.randbelow(len(words))
    token = {"nonce": nonce, "for": purpose, "answer": _kept(nonce, words[place])}
    names = ("algorithm", "challenge", "salt", "signature")
    shown = {name: getattr(challenge, name) for name in names} | {"most": MOST_WORK}
    return Puzzle(
        challenge=json.dumps(shown),
        question=_("Type the phrase at place %(place)d: %(words)s")
        % {"place": place + 1, "words": "; ".join(f"{n}. {word}" for n, word in enumerate(words, 1))},
        token=signing.dumps(token, salt=_SALT, compress=False),
    )


def accept(*, purpose: str, token: str, work: str, answer: str) -> None:
    """Take a solved puzzle, once; inside the transaction of what it lets through.

    Raises:
        UnableToAcceptPuzzle: it is not solved, or was used before.
    """
    held = _opened(token)
    if held.get("for") != purpose:
        raise UnableToAcceptPuzzle("other form")
    nonce = str(held["nonce"])
    if not (_worked(work, nonce) if work else secrets.compare_digest(_kept(nonce, answer), held["answer"])):
        raise UnableToAcceptPuzzle("wrong")
    now = timezone.now()
    SolvedPuzzle.objects.filter(expires__lt=now).delete()
    try:
        with transaction.atomic():
            SolvedPuzzle.objects.create(nonce=nonce, expires=now + LASTS)
    except IntegrityError as error:
        raise UnableToAcceptPuzzle("used") from error


def _opened(token: str) -> dict[str, Any]:
    try:
        return dict(signing.loads(token, salt=_SALT, max_age=LASTS))
    except signing.BadSignature as error:
        raise UnableToAcceptPuzzle("old") from error


def _worked(work: str, nonce: str) -> bool:
    """Whether the work was done for this very puzzle."""
    try:
        found = json.loads(base64.b64decode(work, validate=True))
    except (ValueError, binascii.Error, RecursionError):
        return False
    if not isinstance(found, dict) or type(found.get("number")) is not int:
        return False
    if not all(isinstance(found.get(name), str) for name in ("algorithm", "challenge", "salt", "signature")):
        return False
    return f"nonce={nonce}&" in found["salt"] and verify_solution(work, settings.SECRET_KEY)[0]


def _kept(nonce: str, answer: str) -> str:
    return digest("puzzle", f"{nonce} {text.fold(answer)}")

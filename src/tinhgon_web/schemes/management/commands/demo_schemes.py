"""`manage.py demo_schemes`: a made-up scheme for the demonstration, once."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from tinhgon_web.core.asof import today
from tinhgon_web.core.models import User
from tinhgon_web.schemes.demo import make_demo
from tinhgon_web.schemes.models import Scheme

_PLACE = "c-24637"


class Command(BaseCommand):
    """Make it where DEMO=1 and there is none of its place; says so."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, all or nothing."""
        if not settings.DEMO:
            raise CommandError("the made-up scheme is for the demonstration only (DEMO=1)")
        if Scheme.objects.filter(place=_PLACE).exists():
            return
        drafter = User.objects.get(username="can-bo-huyen")
        with transaction.atomic():
            make_demo(place=_PLACE, on=today(), drafter=drafter)
        self.stdout.write(f"a scheme in {_PLACE}")

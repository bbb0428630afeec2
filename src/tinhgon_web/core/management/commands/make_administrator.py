"""`manage.py make_administrator NAME "Full name"`: the first account of an office, which then makes the others."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from tinhgon_web.core import asof
from tinhgon_web.core.models import User
from tinhgon_web.core.people import services
from tinhgon_web.core.roles import Role


class Command(BaseCommand):
    """Make an account with the administrator's role and print its temporary password, once."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """The log-in name and the name as it is said."""
        parser.add_argument("username")
        parser.add_argument("full_name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, all or nothing."""
        username, full_name = options["username"], options["full_name"]
        if User.objects.filter(username=username).exists():
            raise CommandError(f"the log-in name '{username}' is taken; choose another")
        with transaction.atomic():
            user, password = services.make_account(acting=None, username=username, full_name=full_name)
            services.give_role(acting=None, user=user, role=Role.ADMINISTRATOR, place="", start=asof.today())
        self.stdout.write(f"{username}: {password}  (to be changed at the first log-in)")

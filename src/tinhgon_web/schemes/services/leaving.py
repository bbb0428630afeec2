"""What a scheme in force leaves over: who looks after it, until which year, how far it is."""

from __future__ import annotations

from django.db import transaction

from tinhgon.text import clean
from tinhgon_web.core import audit
from tinhgon_web.core.models import User
from tinhgon_web.schemes.models import LeftOver


def look_after(*, acting: User, item: int, owner: str, year: int | None, plan: str, status: str) -> LeftOver:
    """Say who looks after something left over, what is planned until which year, and how far it is."""
    with transaction.atomic():
        row = LeftOver.objects.select_for_update().select_related(None).get(pk=item)
        before = {"owner": row.owner, "year": row.year, "plan": row.plan, "status": row.status}
        row.owner, row.year, row.plan, row.status = clean(owner), year, clean(plan), LeftOver.Status(status)
        row.save(update_fields=["owner", "year", "plan", "status"])
        after = {"owner": row.owner, "year": row.year, "plan": row.plan, "status": row.status}
        place = row.scheme.place
        audit.write(acting=acting, verb="look after", what=row, before=before, after=after, place=place)
    return row

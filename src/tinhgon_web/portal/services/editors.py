"""Who may do what in the workshop follows from the rights of the office: who writes an article does not approve it."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import transaction

from tinhgon_web.core.models import User
from tinhgon_web.core.rights import Rights
from tinhgon_web.core.roles import Right

GROUPS = {Right.PUBLISH: "Editors", Right.APPROVE: "Moderators"}
"""Right -> the group of Wagtail's that goes with it."""


def follow_rights(*, user: User, rights: Rights) -> bool:
    """Put somebody into the groups their rights call for, and take them out of others; says whether that changed."""
    wanted = {group for right, group in GROUPS.items() if rights.may(right)}
    held = set(user.groups.filter(name__in=GROUPS.values()).values_list("name", flat=True))
    if wanted == held:
        return False
    with transaction.atomic():
        user.groups.remove(*Group.objects.filter(name__in=held - wanted))
        user.groups.add(*Group.objects.filter(name__in=wanted - held))
    return True

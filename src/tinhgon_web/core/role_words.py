"""Roles in words: what each is called and what it may do."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tinhgon_web.core.roles import Role


def name(role: Role) -> str:
    """What a role is called."""
    return {
        Role.VIEWER: _("Viewer"),
        Role.EDITOR: _("Editor"),
        Role.APPROVER: _("Approver"),
        Role.LEADER: _("Leader"),
        Role.INSPECTOR: _("Inspector"),
        Role.PORTAL_EDITOR: _("Portal editor"),
        Role.ADMINISTRATOR: _("Administrator"),
    }[role]


def explained(role: Role) -> str:
    """What a role may do, in a sentence."""
    return {
        Role.VIEWER: _("Reads everything about the units of the place; writes nothing."),
        Role.EDITOR: _(
            "Records changes and corrections, documents and reports about the units of the place."
        ),
        Role.APPROVER: _("Approves or sends back what editors have prepared; prepares nothing."),
        Role.LEADER: _("Sees how the place stands, decides, and leads conferences."),
        Role.INSPECTOR: _("Inspects, records findings and follows their remedy."),
        Role.PORTAL_EDITOR: _("Writes for the public portal and answers its readers."),
        Role.ADMINISTRATOR: _(
            "Makes accounts, gives and ends roles, reads the system's journal; no register work."
        ),
    }[role]

"""The roles of an office and the rights each has; what they mean over a place is in `rights`."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Right(StrEnum):
    """What somebody may do."""

    READ = "read"
    EDIT = "edit"
    APPROVE = "approve"
    LEAD = "lead"
    INSPECT = "inspect"
    PUBLISH = "publish"
    ADMINISTER = "administer"


class Role(StrEnum):
    """What somebody is in the office."""

    VIEWER = "viewer"
    EDITOR = "editor"
    APPROVER = "approver"
    LEADER = "leader"
    INSPECTOR = "inspector"
    PORTAL_EDITOR = "portal_editor"
    ADMINISTRATOR = "administrator"


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.VIEWER: frozenset({Right.READ}),
    Role.EDITOR: frozenset({Right.READ, Right.EDIT}),
    Role.APPROVER: frozenset({Right.READ, Right.APPROVE}),
    Role.LEADER: frozenset({Right.READ, Right.LEAD}),
    Role.INSPECTOR: frozenset({Right.READ, Right.INSPECT}),
    Role.PORTAL_EDITOR: frozenset({Right.READ, Right.PUBLISH}),
    Role.ADMINISTRATOR: frozenset({Right.READ, Right.ADMINISTER}),
}
"""Who prepares does not approve, who approves does not inspect: one role, one duty; a person may be given several."""

"""Two persons: who wrote an article does not approve it, whatever groups they are in."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from wagtail.models import AbstractGroupApprovalTask, Page


class SecondPerson(AbstractGroupApprovalTask):
    """Approval by somebody of the groups who wrote nothing of what is to go out."""

    class Meta:
        verbose_name = lazy("Approval by a second person")

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, str, bool]]:
        """What somebody may do now; who wrote may send it back, not let it through."""
        offered = super().get_actions(obj, user)
        return [one for one in offered if one[0] != "approve" or not wrote(obj, user)]

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        """Approve or reject.

        Raises:
            PermissionDenied: the one who approves wrote a part of it.
        """
        if action_name == "approve" and wrote(task_state.workflow_state.content_object, user):
            raise PermissionDenied(_("You wrote a part of this: somebody else must approve it."))
        super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls) -> str:
        """What editors read of it."""
        return _("Somebody of the groups who wrote nothing of it approves")


def wrote(page: Page, user: Any) -> bool:
    """Whether somebody made a revision of a page after the one that is public."""
    made = page.revisions.filter(user=user)
    public = page.live_revision
    return bool((made.filter(pk__gt=public.pk) if public else made).exists())

"""The words of a consultation: what may be answered, and who is asked."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

AGREE, DISAGREE, OTHER, INVALID, LEFT_OUT = "agree", "disagree", "other", "invalid", "left_out"

CHOICES = [
    (AGREE, _("Agree")),
    (DISAGREE, _("Do not agree")),
    (OTHER, _("Another opinion")),
    (INVALID, _("Void form")),
]
KEYED_CHOICES = [*CHOICES, (LEFT_OUT, _("Left out of the batch"))]
"""How a form may be keyed; a form is left out only when a difference is settled so."""
WEB_CHOICES = CHOICES[:3]
"""What a household may say on the web: a web form cannot be void."""
BASES = [
    ("household_representatives", _("household-representative voters")),
    ("households", _("households by one form each")),
    ("voters", _("voters")),
]

"""The app's place in the site, and what it tells the procedure of schemes."""

from __future__ import annotations

from django.apps import AppConfig


class ConsultationConfig(AppConfig):
    """Consultations."""

    name = "tinhgon_web.consultation"

    def ready(self) -> None:
        """Have the procedure ask before it passes the step of consultation, and whether a scheme was posted."""
        from tinhgon_web.consultation.gate import check, is_posted, new_round_for
        from tinhgon_web.schemes import gates, posting

        gates.register("consultation", check, "people")
        gates.lead("consultation", new_round_for, "people")
        posting.register(is_posted)

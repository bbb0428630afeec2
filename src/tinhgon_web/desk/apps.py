"""The app of comments, hotline and view counts."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The desk: what readers send, and those who answer."""

    name = "tinhgon_web.desk"
    label = "desk"

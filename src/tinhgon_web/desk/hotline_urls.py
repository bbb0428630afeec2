"""Addresses of the public's side of the hotline."""

from __future__ import annotations

from django.urls import path

from tinhgon_web.desk.views import hotline

app_name = "hotline"
urlpatterns = [
    path("", hotline.ask, name="ask"),
    path("tra-cuu/", hotline.look_up, name="look_up"),
    path("da-tra-loi/", hotline.show_answered, name="answered"),
]

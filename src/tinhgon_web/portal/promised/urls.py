"""Addresses of the programme in public."""

from __future__ import annotations

from django.urls import path

from tinhgon_web.portal.promised import views

app_name = "promised"
urlpatterns = [path("", views.show_list, name="list")]

"""Addresses of the pages about open data."""

from __future__ import annotations

from django.urls import path

from tinhgon_web.api import views

app_name = "opendata"
urlpatterns = [path("", views.show_open_data, name="about")]

"""Addresses of the frame's switches."""

from __future__ import annotations

from django.urls import path

from tinhgon_web.core import views

app_name = "core"
urlpatterns = [
    path("ngon-ngu/", views.choose_language, name="language"),
    path("giao-dien/", views.choose_theme, name="theme"),
]

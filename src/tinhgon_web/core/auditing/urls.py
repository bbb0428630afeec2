"""Addresses of the audit."""

from __future__ import annotations

from django.urls import path

from tinhgon_web.core.auditing import views

app_name = "audit"
urlpatterns = [
    path("", views.show_audit, name="list"),
    path("nhat-ky.xlsx", views.export_audit, name="export"),
]

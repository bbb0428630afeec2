"""Addresses of taking the register out, and in."""

from __future__ import annotations

from django.urls import path

from tinhgon_web.exchange import export_views

app_name = "exports"
urlpatterns = [
    path("", export_views.take_out, name="register"),
    path("<int:number>/so-bo-may.zip", export_views.send_archive, name="file"),
    path("nap/", export_views.load, name="load"),
]

"""Addresses of the look-up."""

from __future__ import annotations

from django.urls import path

from tinhgon_web.portal.where import views

app_name = "where"
urlpatterns = [
    path("", views.find, name="find"),
    path("goi-y/", views.suggest, name="suggest"),
]

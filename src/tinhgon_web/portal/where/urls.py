"""Addresses of the look-up."""

from __future__ import annotations

from django.urls import path

from tinhgon_web.portal.where import bulk_views, views

app_name = "where"
urlpatterns = [
    path("", views.find, name="find"),
    path("hang-loat/", bulk_views.convert_list, name="bulk"),
    path("goi-y/", views.suggest, name="suggest"),
]

"""Addresses of the review."""

from __future__ import annotations

from django.urls import path

from tinhgon_web.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.show_review, name="review"),
    path("<slug:code>/", views.show_figure, name="figure"),
    path("<slug:code>.csv", views.export_figure, name="export"),
]

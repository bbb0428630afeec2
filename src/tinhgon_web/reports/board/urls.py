"""Addresses of the leader's screen."""

from __future__ import annotations

from django.urls import path

from tinhgon_web.reports.board import views

app_name = "board"
urlpatterns = [
    path("", views.show_board, name="page"),
    path("<slug:name>/", views.show_list, name="list"),
    path("<slug:name>.csv", views.export_list, name="export"),
]

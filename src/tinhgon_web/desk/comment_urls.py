"""Addresses of readers' side of comments."""

from __future__ import annotations

from django.urls import path

from tinhgon_web.desk.views import comments

app_name = "comments"
urlpatterns = [
    path("<int:page>/", comments.write, name="write"),
    path("bao-cao/<int:comment>/", comments.report, name="report"),
]

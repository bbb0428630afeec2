"""Addresses of the schemes open for comment."""

from __future__ import annotations

from django.urls import path

from tinhgon_web.portal.consulted import views

app_name = "consulted"
urlpatterns = [
    path("", views.show_list, name="list"),
    path("<int:number>/", views.show_detail, name="detail"),
    path("<int:number>/giay/<int:paper>/", views.send_paper, name="paper"),
]

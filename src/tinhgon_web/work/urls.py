"""Addresses of programmes and targets."""

from __future__ import annotations

from django.urls import path

from tinhgon_web.work import views

app_name = "work"
urlpatterns = [
    path("", views.show_programmes, name="programmes"),
    path("them/", views.add_programme, name="add_programme"),
    path("cong-khai/<path:programme>/", views.publish_programme, name="publish"),
    path("chi-tieu/<int:target>/", views.change_target, name="change_target"),
    path("chi-tieu/<int:target>/bo/", views.remove_target, name="remove_target"),
    path("chi-tieu/them/<path:programme>/", views.add_target, name="add_target"),
]

"""Addresses of accounts and roles."""

from __future__ import annotations

from django.urls import path

from tinhgon_web.core.people import views

app_name = "people"
urlpatterns = [
    path("", views.list_people, name="list"),
    path("them/", views.add_person, name="add"),
    path("<int:pk>/", views.show_person, name="person"),
    path("<int:pk>/vai-tro/", views.give_role, name="give-role"),
    path("<int:pk>/vai-tro/<int:grant>/ket-thuc/", views.end_role, name="end-role"),
    path("<int:pk>/khoa/", views.close_account, name="close"),
    path("<int:pk>/mo/", views.open_account, name="open"),
    path("<int:pk>/mat-khau/", views.reset_password, name="reset-password"),
    path("<int:pk>/tat-hai-buoc/", views.switch_off_second_step, name="second-step-off"),
]

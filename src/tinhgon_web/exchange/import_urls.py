"""Addresses of bringing workbooks in."""

from __future__ import annotations

from django.urls import path

from tinhgon_web.exchange import views

app_name = "imports"
urlpatterns = [
    path("", views.bring_in, name="list"),
    path("mau-nhap-lieu.xlsx", views.send_template, name="template"),
    path("<int:number>/", views.show_import, name="import"),
    path("<int:number>/sua/", views.mend, name="mend"),
    path("<int:number>/ghi-so/", views.confirm, name="record"),
    path("<int:number>/huy/", views.undo, name="undo"),
    path("<int:number>/bi-tu-choi.xlsx", views.send_refused, name="refused"),
]

"""Addresses of the doors, under those of the apparatus."""

from __future__ import annotations

from django.urls import path

from tinhgon_web.doors import views

app_name = "doors"
urlpatterns = [
    path("don-vi/<str:unit>/sua/", views.show_doors, name="doors"),
    path("don-vi/<str:unit>/sua/thay-doi/<slug:what>/", views.change, name="change"),
    path("don-vi/<str:unit>/sua/sap-xep/<slug:act>/", views.reorganise, name="reorganise"),
    path("don-vi/<str:unit>/sua/gop-ban-trung/", views.join, name="join"),
    path("nhat-ky/<int:seq>/dinh-chinh/", views.correct, name="correct"),
    path("nhat-ky/<int:seq>/huy/", views.annul, name="annul"),
    path("goi-y/don-vi/", views.suggest_units, name="units"),
    path("goi-y/van-ban/", views.suggest_documents, name="documents"),
]

"""Addresses of the public's side of a consultation."""

from __future__ import annotations

from django.urls import path

from tinhgon_web.consultation.views import public

app_name = "ask"
urlpatterns = [
    path("", public.ask_code, name="code"),
    path("phieu/", public.answer, name="answer"),
    path("bien-nhan/<str:receipt>/", public.show_receipt, name="receipt"),
    path("ket-qua/<int:round_id>/", public.show_published, name="published"),
]

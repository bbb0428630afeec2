"""Addresses of documents."""

from __future__ import annotations

from django.urls import path

from tinhgon_web.documents import views

app_name = "documents"
urlpatterns = [path("", views.show_documents, name="list")]

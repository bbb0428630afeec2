"""Addresses of documents. A document's own page is `document`: the ids of a register may hold slashes."""

from __future__ import annotations

from django.urls import path

from tinhgon_web.documents import views

app_name = "documents"
urlpatterns = [
    path("", views.show_documents, name="list"),
    path("them-moi/", views.add_document, name="add"),
    path("sua/<path:document>/", views.correct_document, name="correct"),
    path("dinh-kem/<path:document>/", views.attach_file, name="attach"),
    path("tep/<int:number>/", views.send_file, name="file"),
]

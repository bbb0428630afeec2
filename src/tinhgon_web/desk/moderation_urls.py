"""Addresses of the moderators' desk."""

from __future__ import annotations

from django.urls import path

from tinhgon_web.desk.views import moderation

app_name = "moderation"
urlpatterns = [
    path("", moderation.show_queue, name="queue"),
    path("luot-xem/", moderation.show_views, name="views"),
    path("binh-luan.xlsx", moderation.export, name="export"),
    path("<int:comment>/", moderation.show_comment, name="comment"),
    path("<int:comment>/quyet-dinh/", moderation.decide, name="decide"),
    path("<int:comment>/yeu-cau/", moderation.enter_request, name="request"),
]

"""Addresses of the officers' side of the hotline."""

from __future__ import annotations

from django.urls import path

from tinhgon_web.desk.views import tickets

app_name = "tickets"
urlpatterns = [
    path("", tickets.show_list, name="list"),
    path("duong-day-nong.xlsx", tickets.export, name="export"),
    path("<int:ticket>/", tickets.show_ticket, name="ticket"),
    path("<int:ticket>/buoc/", tickets.act, name="act"),
]

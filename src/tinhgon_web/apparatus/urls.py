"""Addresses of the apparatus."""

from __future__ import annotations

from django.urls import path

from tinhgon_web.apparatus import views
from tinhgon_web.apparatus.chart import views as chart
from tinhgon_web.apparatus.comparing import views as comparing
from tinhgon_web.apparatus.maps import views as maps
from tinhgon_web.apparatus.table import views as table

app_name = "apparatus"
urlpatterns = [
    path("", views.show_tree, name="tree"),
    path("nhanh/<str:unit>/", views.show_branch, name="branch"),
    path("tim/", views.search, name="search"),
    path("chon/", views.pick, name="pick"),
    path("don-vi/<str:unit>/", views.show_unit, name="unit"),
    path("bang/", table.show_table, name="table"),
    path("bang/don-vi.xlsx", table.export_table, name="table-export"),
    path("ban-do/", maps.show_map, name="map"),
    path("ban-do/du-lieu.json", maps.map_data, name="map-data"),
    path("the/<str:unit>/", maps.show_card, name="card"),
    path("so-sanh/", comparing.show_comparison, name="compare"),
    path("so-sanh/so-sanh.xlsx", comparing.export_comparison, name="compare-export"),
    path("so-do/", chart.show_chart, name="chart"),
    path("so-do/so-do.svg", chart.download_chart, name="chart-file"),
    path("nhat-ky/", views.show_journal, name="journal"),
    path("nhat-ky/<int:seq>/", views.show_entry, name="entry"),
]

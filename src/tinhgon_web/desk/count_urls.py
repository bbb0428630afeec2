"""Address of view counts."""

from __future__ import annotations

from django.urls import path

from tinhgon_web.desk.views import counting

app_name = "count"
urlpatterns = [path("<int:page>/", counting.views, name="views")]

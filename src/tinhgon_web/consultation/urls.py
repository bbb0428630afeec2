"""Addresses of the office's side of a consultation."""

app_name = "consultation"
urlpatterns: list[object] = []

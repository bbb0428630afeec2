"""Addresses of jobs."""

from __future__ import annotations

from django.urls import path

from tinhgon_web.core import job_views

app_name = "jobs"
urlpatterns = [
    path("", job_views.show_jobs, name="list"),
    path("<int:number>/", job_views.show_job, name="job"),
    path("<int:number>/dung/", job_views.stop_job, name="stop"),
    path("<int:number>/lai/", job_views.start_again, name="again"),
]

"""Public addresses beside Wagtail's pages."""

from __future__ import annotations

from django.urls import path, re_path

from tinhgon_web.portal import feeds
from tinhgon_web.portal.views import figures, files, listings, maps, reading

app_name = "portal"
urlpatterns = [
    path("so-lieu/<slug:code>/", figures.show_figure, name="figure"),
    path("thang/<int:year>/<int:month>/", listings.show_month, name="month"),
    path("tac-gia/<slug:slug>/", listings.show_writer, name="writer"),
    re_path(r"^the/(?P<slug>[-\w]+)/$", listings.show_tag, name="tag"),
    path("sitemap.xml", maps.show_sitemap, name="sitemap"),
    path("robots.txt", maps.show_robots, name="robots"),
    path("rss.xml", feeds.rss, name="rss"),
    path("atom.xml", feeds.atom, name="atom"),
    path("cai-dat/", reading.show_install, name="install"),
    path("ung-dung.webmanifest", reading.show_manifest, name="manifest"),
    path("ngon-ngu/<slug:language>/", reading.switch_language, name="language"),
    path("phu-de/<int:page>/<uuid:block>.vtt", reading.show_captions, name="captions"),
    path("tep-cong-khai/<path:path>", files.serve_file, name="file"),
]

"""Mounted last: `page` takes every address of one word that nobody else wanted."""

from django.urls import path

from . import health, robots, sitemaps, views

app_name = "pages"

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", health.healthz, name="health"),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap-index"),
    path("sitemap-<slug:section>.xml", sitemaps.one_sitemap, name="sitemap"),
    path("<slug:slug>/", views.page, name="page"),
]

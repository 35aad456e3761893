"""In the place of the addresses of Oscar's offer app, under its names."""

from django.urls import path, re_path

from . import views

app_name = "offer"

urlpatterns = [
    path("", views.index, name="list"),
    re_path(r"^(?P<slug>[\w-]+)/$", views.detail, name="detail"),
]

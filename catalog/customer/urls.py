"""In the place of the one address of Oscar's wishlists app, under its name."""

from django.urls import path

from .shared_list import SharedListView

app_name = "wishlists"

urlpatterns = [path("<str:key>/", SharedListView.as_view(), name="detail")]

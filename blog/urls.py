from django.urls import path

from . import views
from .feeds import ArticleFeed

app_name = "blog"

urlpatterns = [
    path("", views.index, name="index"),
    path("feed.atom", ArticleFeed(), name="feed"),
    path("tags/<slug:slug>/", views.tag, name="tag"),
    path("<slug:slug>/", views.article, name="article"),
]

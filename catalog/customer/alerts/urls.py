from django.urls import path

from . import views

app_name = "alerts"

urlpatterns = [
    path("alerts/<int:pk>/", views.create, name="create"),
    path("alerts/<int:pk>/asked/", views.asked, name="asked"),
    path("a/<str:token>/", views.page, name="page"),
    path("a/<str:token>/confirmation/", views.confirmation, name="confirmation"),
    path("a/<str:token>/cancellation/", views.cancellation, name="cancellation"),
]

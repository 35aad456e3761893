from django.urls import path

from . import views

app_name = "inquiries"

urlpatterns = [
    path("messages/", views.create, name="create"),
    path("messages/thanks/<str:signed>/", views.thanks, name="thanks"),
    path("m/<str:token>/", views.thread, name="thread"),
    path("m/<str:token>/closure/", views.closure, name="closure"),
]

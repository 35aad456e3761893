from django.urls import path

from . import account_views, views

app_name = "inquiries"

urlpatterns = [
    path("messages/", views.create, name="create"),
    path("messages/thanks/<str:signed>/", views.thanks, name="thanks"),
    path("m/<str:token>/", views.thread, name="thread"),
    path("m/<str:token>/closure/", views.closure, name="closure"),
    path("accounts/messages/", account_views.index, name="account-list"),
    path("accounts/messages/<str:reference>/", account_views.thread, name="account-thread"),
]

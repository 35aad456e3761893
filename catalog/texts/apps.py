from django.apps import AppConfig


class TextsConfig(AppConfig):
    name = "catalog.texts"
    label = "texts"

from oscar.apps.basket.apps import BasketConfig as BaseBasketConfig


class BasketConfig(BaseBasketConfig):
    name = "catalog.basket"

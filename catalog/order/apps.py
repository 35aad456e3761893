from oscar.apps.order.apps import OrderConfig as BaseOrderConfig


class OrderConfig(BaseOrderConfig):
    name = "catalog.order"

from tests.servers import stripe_process, stripe_stand_in
from tests.shop import stripe
from tests.visit import shop

__all__ = ["shop", "stripe", "stripe_process", "stripe_stand_in"]

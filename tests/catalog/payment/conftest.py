from tests.servers import stripe_process, stripe_stand_in
from tests.shop import stripe

__all__ = ["stripe", "stripe_process", "stripe_stand_in"]

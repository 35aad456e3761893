import pytest
import stripe

from tests.servers import API_KEY, StripeStandIn, mail_catcher, mail_process

__all__ = ["mail_catcher", "mail_process"]


@pytest.fixture
def client(stripe_stand_in: StripeStandIn) -> stripe.StripeClient:
    return stripe.StripeClient(API_KEY, base_addresses={"api": stripe_stand_in.url}, max_network_retries=0)

"""All letters of the shop with sample data, on the desk. Each subject keeps its own samples beside its letters."""

from django.utils.translation import gettext_lazy as _

from catalog.customer import letter_samples as account
from catalog.customer.alerts import letter_samples as alerts
from catalog.order import letter_samples as orders
from supplier.accounts.letters import Sample
from supplier.inquiries import letter_samples as messages
from supplier.quotes import letter_samples as quotes

#: What they are about, and the letters, in the order in which a customer meets them.
GROUPS = (
    (_("Orders"), orders.SAMPLES),
    (_("Messages"), messages.SAMPLES),
    (_("Quotes"), quotes.SAMPLES),
    (_("Accounts"), account.SAMPLES),
    (_("Alerts and reviews"), alerts.SAMPLES),
)


def all_samples() -> dict[str, Sample]:
    return {sample.name: sample for _title, samples in GROUPS for sample in samples}

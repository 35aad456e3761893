"""Oscar's dashboard stays within reach for what the desk and the admin don't do."""

import re

import pytest
from django.test import Client

pytestmark = [
    pytest.mark.django_db,
    # Oscar's lists of offers and the like have no order; they are not ours to mend.
    pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning"),
]


def test_dashboard_names_only_what_neither_desk_nor_admin_does(clerk: Client) -> None:
    page = clerk.get("/dashboard/offers/").content.decode()
    menu = set(re.findall(r'href="/dashboard/([^"?]+)"', page))
    assert {"offers/", "vouchers/", "vouchers/sets/", "ranges/", "reports/"} <= menu
    assert not [entry for entry in menu if re.match("orders|catalogue|users|pages|comms|reviews", entry)]


@pytest.mark.parametrize("path", ["", "100001/", "100001/notes/1/"])
def test_orders_are_not_shipped_past_the_desk(clerk: Client, path: str) -> None:
    """Oscar's pages would write no letter and leave the stock as it was."""
    data = {"order_action": "change_order_status", "new_status": "shipped"}
    for response in (clerk.get(f"/dashboard/orders/{path}"), clerk.post(f"/dashboard/orders/{path}", data)):
        assert response["Location"] == "/desk/orders/"


def test_every_entry_of_more_leads_somewhere(clerk: Client) -> None:
    page = clerk.get("/desk/more/").content.decode()
    links = re.findall(r'<a class="act" href="([^"]+)"', page)
    assert len(links) == 8
    for link in links:
        assert clerk.get(link).status_code == 200, link

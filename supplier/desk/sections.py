"""What the desk's first page is made of: each subject's own list of what needs somebody now, for those who may act."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from catalog.customer import desk as reviews
from catalog.order import desk as orders
from catalog.partner import desk as stock
from catalog.payment import desk as payments
from supplier.accounts.desk import TodoGroup
from supplier.inquiries import desk as messages
from supplier.quotes import desk as quotes

from . import letters


@dataclass(frozen=True)
class Section:
    name: str
    permission: str
    #: None: nothing that this person may act on
    todo: Callable[[Any], TodoGroup | None]


#: Loudest first.
SECTIONS = (
    Section("letters", "outbox.change_letter", letters.todo),
    Section("payments", "payment.view_paymentattempt", payments.todo),
    Section("quotes", "quotes.change_quote", quotes.todo),
    Section("messages", "inquiries.change_inquiry", messages.todo),
    Section("orders", "order.change_order", orders.todo),
    Section("reviews", "reviews.change_productreview", reviews.todo),
    Section("stock", "catalogue.view_product", stock.todo),
)


def sections_for(user: Any) -> Iterator[tuple[str, TodoGroup]]:
    for section in SECTIONS:
        if user.has_perm(section.permission) and (group := section.todo(user)):
            yield section.name, group

"""The hosted page /pay/<session>, its 3-D Secure page, and a list of the payments at /. HTML that needs no script."""

from html import escape
from http import HTTPStatus
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from supplier.demo.loopback import Answer, Request, page_answer, redirect_answer

from . import payments
from .store import Object, Store
from .webhooks import Courier

FOLDER = Path(__file__).parent / "html"
SIGNS = {"gbp": "£", "eur": "€", "usd": "$"}
BUTTONS = {
    "pay": ("Pay $amount", "The card is accepted at once.", "button"),
    "3ds": ("Pay with 3-D Secure", "The bank asks the customer first.", "button button--quiet"),
    "decline": ("Pay with a card that is declined", "Nothing is charged, and you can try again.", "button button--quiet"),  # noqa: E501
    "later": ("Pay later, by bank debit", "The order is placed, and the money comes later or not.", "button button--quiet"),  # noqa: E501
}  # fmt: skip
LATER_BUTTONS = {
    "paid": ("The bank pays", "", "button"),
    "failed": ("The bank refuses", "", "button button--quiet"),
}
CHECK_BUTTONS = {
    "confirm": ("Confirm it is you", "", "button"),
    "fail": ("Fail the check", "", "button button--quiet"),
}


class Pages:
    def __init__(self, store: Store, courier: Courier) -> None:
        self.store, self.courier = store, courier

    def __call__(self, request: Request) -> Answer:
        match request.path.strip("/").split("/"):
            case [""]:
                return self._list()
            case ["page.css"]:
                return Answer((FOLDER / "page.css").read_bytes(), content_type="text/css; charset=utf-8")
            case ["pay", session_id, *rest] if self._session(session_id):
                return self._pay(request, self._session(session_id) or {}, "/".join(rest))
        body = _fill("notice", title="There is no such payment", text="The address is not complete.", link="")
        return _page("Not found", body, status=HTTPStatus.NOT_FOUND)

    def _session(self, session_id: str) -> Object | None:
        session = self.store.objects.get(session_id)
        return session if session and session["object"] == "checkout.session" else None

    def _pay(self, request: Request, session: Object, step: str) -> Answer:
        if request.method == "POST":
            answer = self._act(session, dict(request.form()).get("do", ""))
            self.courier.wait()
            return answer
        return _check_page(session) if step == "check" and session["status"] == "open" else _pay_page(session)

    def _act(self, session: Object, do: str) -> Answer:
        here = f"/pay/{session['id']}"
        with self.store.lock:
            if do in {"paid", "failed"} and payments.is_promised(session):
                (payments.keep_promise if do == "paid" else payments.break_promise)(self.store, session)
                return redirect_answer(here)
            if session["status"] != "open" or do not in {"pay", "3ds", "decline", "later", "confirm", "fail"}:
                return redirect_answer(here)
            return self._act_on_open(session, do, here)

    def _act_on_open(self, session: Object, do: str, here: str) -> Answer:
        if do == "3ds":
            return redirect_answer(f"{here}/check")
        if do == "decline":
            payments.decline(self.store, session)
            return redirect_answer(here)
        if do == "fail":
            payments.decline(self.store, session, "The bank could not confirm that it is you.")
            return redirect_answer(here)
        if do == "later":
            payments.promise(self.store, session)
        else:
            payments.pay(self.store, session, "3ds" if do == "confirm" else "pay")
        return redirect_answer(_return_url(session))

    def _list(self) -> Answer:
        with self.store.lock:
            rows = "".join(_row(session) for session in self.store.all("checkout.session")[:100])
        empty = "" if rows else "<p>No payment was begun yet.</p>"
        return _page("Payments", _fill("list", rows=rows, empty=empty))


def _pay_page(session: Object) -> Answer:
    if session["status"] == "expired":
        return _notice_page(session, "This payment page has run out", "Nothing was charged.", session["cancel_url"])
    if payments.is_promised(session):
        text = "The customer has chosen a bank debit. Decide here what the bank does."
        return _page(
            "Delayed payment", _summary(session) + _fill("later", text=text, buttons=_form(session, LATER_BUTTONS))
        )
    if session["status"] == "complete":
        text = "It is paid." if session["payment_status"] == "paid" else "The bank did not pay."
        return _notice_page(session, "All done here", text, _return_url(session))
    error = session.get("_last_error")
    alert = f'<p class="alert" role="alert" id="declined">{escape(error)} Try another way to pay.</p>' if error else ""
    back = _link(session["cancel_url"], "Cancel and go back") if session["cancel_url"] else ""
    body = _summary(session) + _fill("pay", alert=alert, buttons=_form(session, BUTTONS), back=back)
    return _page(f"Pay {_amount(session['amount_total'], session)}", body, session)


def _check_page(session: Object) -> Answer:
    body = _summary(session) + _fill("check", buttons=_form(session, CHECK_BUTTONS))
    return _page("Is it you?", body, session)


def _notice_page(session: Object, title: str, text: str, url: str | None) -> Answer:
    body = _fill("notice", title=title, text=text, link=_link(url, "Back to the shop") if url else "")
    return _page(title, _summary(session) + body, session)


def _return_url(session: Object) -> str:
    url: str = session["success_url"]
    return url.replace("{CHECKOUT_SESSION_ID}", session["id"])


def _form(session: Object, buttons: dict[str, tuple[str, str, str]]) -> str:
    amount = _amount(session["amount_total"], session)
    parts = []
    for value, (label, hint, css) in buttons.items():
        text = Template(label).substitute(amount=amount)
        described = f' aria-describedby="{value}-hint"' if hint else ""
        parts.append(f'<button class="{css}" name="do" value="{value}"{described}>{escape(text)}</button>')
        parts.append(f'<p class="hint" id="{value}-hint">{escape(hint)}</p>' if hint else "")
    return f'<form method="post" action="/pay/{session["id"]}">{"".join(parts)}</form>'


def _summary(session: Object) -> str:
    lines = "".join(
        f"<div><dt>{escape(line['description'])}{_times(line)}</dt>"
        f"<dd>{_amount(line['amount_total'], session)}</dd></div>"
        for line in session["_lines"]
    )
    shipping = session["total_details"]["amount_shipping"]
    lines += f"<div><dt>Delivery</dt><dd>{_amount(shipping, session)}</dd></div>" if shipping else ""
    email, reference = session["customer_email"] or "", session["client_reference_id"] or ""
    return _fill(
        "summary",
        lines=lines,
        total=_amount(session["amount_total"], session),
        reference=escape(reference),
        email=f"<p>For {escape(email)}</p>" if email else "",
    )


def _times(line: Object) -> str:
    return f" × {line['quantity']}" if line["quantity"] > 1 else ""


def _row(session: Object) -> str:
    state = "waits for the bank" if payments.is_promised(session) else session["payment_status"]
    state = state if session["status"] == "complete" else session["status"]
    reference = escape(session["client_reference_id"] or session["id"])
    amount = _amount(session["amount_total"], session)
    return (
        f'<tr><th scope="row"><a href="/pay/{session["id"]}">{reference}</a></th><td>{amount}</td><td>{state}</td></tr>'
    )


def _amount(pence: int, session: Object) -> str:
    currency = session["currency"]
    return f"{SIGNS.get(currency, currency.upper() + ' ')}{pence // 100:,}.{pence % 100:02}"


def _link(url: str, label: str) -> str:
    return f'<a class="back" href="{escape(url)}">{escape(label)}</a>'


def _fill(name: str, **values: str) -> str:
    """Values are HTML already."""
    return Template((FOLDER / f"{name}.html").read_text(encoding="utf-8")).substitute(values)


def _page(title: str, body: str, session: Object | None = None, *, status: int = HTTPStatus.OK) -> Answer:
    # Chromium holds form-action against the redirect after a form too, so the shop's address has to be in it.
    shop = " ".join(
        sorted({_origin(session[name]) for name in ("success_url", "cancel_url") if session[name]} if session else ())
    )
    policy = f"default-src 'none'; style-src 'self'; form-action 'self' {shop}; base-uri 'none'; frame-ancestors 'none'"
    return page_answer(_fill("page", title=escape(title), body=body), status, policy=policy)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"

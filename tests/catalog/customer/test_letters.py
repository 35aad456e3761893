"""Oscar's letters about an account, in our words and our frame."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

PASSWORD = "a-long-password-9"


def both_halves(letter: Any) -> tuple[str, str]:
    return letter.body, letter.alternatives[0].content


@pytest.mark.django_db
def test_forgotten_password_is_set_anew_by_the_link_of_the_letter(
    client: Client, clinic_buyer: Any, mailoutbox: list[Any]
) -> None:
    client.post(reverse("password-reset"), {"email": "buyer@clinic.example"})
    (letter,) = mailoutbox
    text, html = both_halves(letter)
    assert letter.subject == "A new password"
    link = re.search(r"http://testserver(/password-reset/confirm/\S+/)", text)
    assert link
    assert link[0] in html
    assert "Stillhand Ltd, 1 Example Street" in html
    form = client.get(link[1], follow=True)
    new = "another-long-password-7"
    client.post(form.request["PATH_INFO"], {"new_password1": new, "new_password2": new})
    assert client.login(request=form.wsgi_request, username="buyer@clinic.example", password=new)


@pytest.mark.django_db
def test_nobody_learns_who_has_an_account(client: Client, clinic_buyer: Any, mailoutbox: list[Any]) -> None:
    known = client.post(reverse("password-reset"), {"email": "buyer@clinic.example"}, follow=True)
    unknown = client.post(reverse("password-reset"), {"email": "nobody@clinic.example"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert known.content == unknown.content
    assert len(mailoutbox) == 1


@pytest.mark.django_db
def test_changed_password_is_told_by_letter(client: Client, clinic_buyer: Any, mailoutbox: list[Any]) -> None:
    client.force_login(clinic_buyer)
    new = "another-long-password-7"
    data = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    client.post(reverse("customer:change-password"), data)
    (letter,) = mailoutbox
    assert letter.subject == "Your password was changed"
    assert all("/password-reset/confirm/" in half for half in both_halves(letter))


@pytest.mark.django_db
def test_changed_address_is_told_to_the_old_one(client: Client, clinic_buyer: Any, mailoutbox: list[Any]) -> None:
    client.force_login(clinic_buyer)
    data = {"first_name": "Rosa", "last_name": "Whitlock", "email": "rosa@clinic.example"}
    client.post(reverse("customer:profile-update"), data)
    (letter,) = mailoutbox
    assert letter.to == ["buyer@clinic.example"]
    assert "rosa@clinic.example" in letter.body

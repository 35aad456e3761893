"""Forms on cacheable pages: no token for visitors without a session, but only from our own pages."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import RequestContext, Template
from django.test import Client, RequestFactory
from django.urls import path

from supplier.accounts.origin import same_origin_or_token

US = "http://testserver"


@same_origin_or_token
def guarded(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


def token(request: HttpRequest) -> HttpResponse:
    request.session["here"] = 1
    return HttpResponse(get_token(request))


urlpatterns = [path("guarded/", guarded), path("token/", token)]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def visitor() -> Client:
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": US}, 200),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://testserver.evil.example"}, 403),
        ({"origin": "https://testserver"}, 403),
        ({}, 403),
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "none"}, 403),
        ({"origin": "null", "sec-fetch-site": "same-origin"}, 403),
        ({"origin": "https://evil.example", "sec-fetch-site": "same-origin"}, 403),
    ],
)
def test_post_without_session_is_judged_by_its_origin(visitor, headers, status):
    response = visitor.post("/guarded/", headers=headers)
    assert response.status_code == status
    assert (response.content == b"done") is (status == 200)


def test_post_without_session_sets_no_cookie(visitor):
    assert not visitor.post("/guarded/", headers={"origin": US}).cookies


def test_post_with_session_needs_the_token(visitor):
    value = visitor.get("/token/").content.decode()
    assert visitor.post("/guarded/", headers={"origin": US}).status_code == 403
    assert visitor.post("/guarded/", {"csrfmiddlewaretoken": value}, headers={"origin": US}).status_code == 200


def test_post_with_session_and_token_from_elsewhere_is_refused(visitor):
    value = visitor.get("/token/").content.decode()
    response = visitor.post("/guarded/", {"csrfmiddlewaretoken": value}, headers={"origin": "https://evil.example"})
    assert response.status_code == 403


def test_form_token_is_printed_only_for_visitors_with_a_session():
    template = Template("{% load origin %}{% form_token %}")
    request = RequestFactory().get("/")
    assert template.render(RequestContext(request, {"request": request})) == ""
    request.COOKIES["sessionid"] = "x"
    assert 'name="csrfmiddlewaretoken"' in template.render(RequestContext(request, {"request": request}))

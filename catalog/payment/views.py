"""Where Stripe tells us what happened."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from .models import StripeEvent
from .stripe_client import BadSignature, read_event
from .tasks import handle_event


@csrf_exempt
@require_POST
def stripe_webhook(request: HttpRequest) -> HttpResponse:
    """Stores the event and leaves the work to a job; a doubled event is thanked for and forgotten."""
    try:
        payload = read_event(request.body, request.headers.get("Stripe-Signature", ""))
    except BadSignature:
        return HttpResponseBadRequest("bad signature", content_type="text/plain")
    with transaction.atomic():
        event = StripeEvent.objects.keep(payload)
        if event is not None:
            handle_event.defer(pk=event.pk)
    return HttpResponse("", content_type="text/plain")

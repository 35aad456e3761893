"""What staff may do with a letter."""

from django.db import transaction

from .models import Letter
from .tasks import send_letter


@transaction.atomic
def send_again(letter: Letter) -> bool:
    """Try at once: the same letter, the same Message-ID, a new row of tries. False: it was sent already."""
    locked = Letter.objects.select_for_update().get(pk=letter.pk)
    if locked.state == Letter.State.SENT:
        return False
    locked.send_again()
    send_letter.defer(pk=locked.pk)
    return True

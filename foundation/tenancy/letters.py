"""Letters to people. A letter that can't be sent is no reason to fail: the caller hands the link over itself."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from foundation.tenancy.models import Invitation

FILES = "django.core.mail.backends.filebased.EmailBackend"

logger = logging.getLogger(__name__)


def are_files() -> bool:
    """Whether letters are only written into a folder of the server, for lack of a mail server."""
    return settings.EMAIL_BACKEND == FILES


def send_invitation(invitation: Invitation, link: str) -> bool:
    """False where no mail server took the letter; without one it is a file, which the addressee never sees."""
    shop = " ".join(invitation.merchant.name.split())  # a line break would end the subject
    subject = _("You are invited to %(shop)s") % {"shop": shop}
    body = render_to_string("tenancy/invitation.txt", {"invitation": invitation, "link": link})
    try:
        return bool(send_mail(subject, body, None, [invitation.email])) and not are_files()
    except (SMTPException, OSError):
        logger.exception("the invitation %s could not be e-mailed", invitation.pk)
        return False

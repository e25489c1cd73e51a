"""What templates of every room need."""

from django.conf import settings
from django.http import HttpRequest


def clinic(request: HttpRequest) -> dict[str, str]:
    return {
        "clinic_name": settings.CLINIC_NAME,
        "public_url": settings.PUBLIC_URL,
        "product_version": settings.VERSION,
    }

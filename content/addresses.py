"""Web addresses that visitors hand us: a form's next page, the page that somebody came from."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def ours(request: HttpRequest, address: str | None, otherwise: str) -> str:
    """``address`` where it leads to a page of this house, else ``otherwise``, a view's name or address.

    A bare word is refused too: `redirect` would take it for the name of a view.
    """
    hosts, secure = {request.get_host()}, request.is_secure()
    if address and "/" in address and url_has_allowed_host_and_scheme(address, hosts, secure):
        return address
    return otherwise

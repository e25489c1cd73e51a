"""Stored files on their way out: to patients, and to the staff of clinics."""

from collections.abc import Iterator
from typing import Any

from django.core.files.storage import default_storage
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase

from content.text import ranges

CHUNK = 64 * 1024  # bytes


def send(
    request: HttpRequest, name: str, sha256: str, media_type: str, filename: str = "", *,
    attachment: bool = False, private: bool = False,
) -> HttpResponseBase:  # fmt: skip
    """A file of the storage, whole, in part (206), or not at all where the browser has it (304).

    ``private``: of whoever asks alone. Caches ask again each time: a withdrawal is felt at once.
    """
    headers = {
        "ETag": f'"{sha256}"',
        "Accept-Ranges": "bytes",
        "Cache-Control": f"{'private' if private else 'public'}, no-cache",
    }
    if _has_it(request, headers["ETag"]):
        return HttpResponseNotModified(headers=headers)
    try:
        file = default_storage.open(name)
    except FileNotFoundError as error:
        raise Http404 from error
    whole = FileResponse(
        file, as_attachment=attachment, filename=filename, content_type=media_type, headers=headers
    )
    asked = request.headers.get("Range", "")
    if not asked or request.headers.get("If-Range", headers["ETag"]) != headers["ETag"]:
        return whole
    try:
        part = ranges.parse(asked, file.size)
    except ranges.Unsatisfiable:
        file.close()  # not `whole`: that would end the request
        return HttpResponse(
            status=416, headers={**headers, "Content-Range": f"bytes */{file.size}"}
        )
    return _part(whole, file, part) if part else whole


def _has_it(request: HttpRequest, etag: str) -> bool:
    known = request.headers.get("If-None-Match", "")
    return known.strip() == "*" or etag in (
        tag.strip().removeprefix("W/") for tag in known.split(",")
    )


def _part(whole: FileResponse, file: Any, part: tuple[int, int]) -> StreamingHttpResponse:
    first, last = part
    response = StreamingHttpResponse(
        _read(file, first, last - first + 1),
        status=206,
        headers={
            **whole.headers,
            "Content-Range": f"bytes {first}-{last}/{file.size}",
            "Content-Length": str(last - first + 1),
        },
    )
    response._resource_closers.append(file.close)  # type: ignore[attr-defined]
    return response


def _read(file: Any, first: int, length: int) -> Iterator[bytes]:
    file.seek(first)
    while length > 0 and (chunk := file.read(min(CHUNK, length))):
        length -= len(chunk)
        yield chunk

"""The open interface as one object: its routers, its refusals, its limits, and the headers of every answer."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.renderers import JSONRenderer

from tinhgon.refusal import Refusal
from tinhgon_web.api.errors import UnableToAnswer, told
from tinhgon_web.api.routers import convert, crosswalk, events, figures, units
from tinhgon_web.core import limits

READING = limits.Limit("api", most=240, seconds=60)
CONVERTING = limits.Limit("api-convert", most=30, seconds=60)


class OpenInterface(NinjaAPI):
    """Answers that any page may read."""

    def create_response(self, request: HttpRequest, data: Any, **options: Any) -> HttpResponse:
        """An answer with the header that says so."""
        response = super().create_response(request, data, **options)
        response["Access-Control-Allow-Origin"] = "*"
        return response


def may_ask(request: HttpRequest) -> bool:
    """Let an asking through when open data is switched on and the asker has not asked too often.

    Raises:
        UnableToAnswer: open data is switched off.
        UnableToAskSoOften: there were too many from the same address.
    """
    if not settings.OPEN_DATA:
        raise UnableToAnswer(
            "not-published",
            "Dữ liệu mở chưa được công bố ở đây.",
            "open data is not published here",
            HTTPStatus.NOT_FOUND,
        )
    limit = READING if request.method in ("GET", "HEAD") else CONVERTING
    limits.count(limit, limits.address_of(request))
    return True


_letters = JSONRenderer()
_letters.json_dumps_params = {"ensure_ascii": False, "allow_nan": False}  # Vietnamese letters as they are

api = OpenInterface(
    title="Tinh Gọn",
    version="1",
    description=(
        "The register of a province's apparatus as open data: units of any day, events, crosswalks, figures with"
        " what they count, and old names and addresses to new ones. Every answer names the entry of the journal it"
        " was made from and an address that will always give the same answer. Days are YYYY-MM-DD."
    ),
    auth=may_ask,
    renderer=_letters,
    urls_namespace="api",
    docs_url=None,
    openapi_url="/openapi.json",
)
for router in (units, events, crosswalk, figures, convert):
    api.add_router("", router.router)


@api.exception_handler(UnableToAnswer)
def _unable(request: HttpRequest, error: UnableToAnswer) -> HttpResponse:
    return api.create_response(request, told(error.code, error.vi, error.en), status=error.status)


@api.exception_handler(Refusal)
def _refused(request: HttpRequest, error: Refusal) -> HttpResponse:
    return api.create_response(request, told("refused", error.vi, error.en), status=HTTPStatus.BAD_REQUEST)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = [{"field": ".".join(map(str, one["loc"][1:])), "reason": one["msg"]} for one in error.errors]
    body = told("invalid", "Yêu cầu không hợp lệ.", "the request is not valid", fields=fields)
    return api.create_response(request, body, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@api.exception_handler(limits.UnableToAskSoOften)
def _too_often(request: HttpRequest, error: limits.UnableToAskSoOften) -> HttpResponse:
    vi = f"Hỏi quá nhiều lần; thử lại sau {error.seconds} giây."
    en = f"too many requests; try again in {error.seconds} seconds"
    response = api.create_response(request, told("too-often", vi, en), status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(error.seconds)
    return response


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    del error
    body = told("not-found", "Không có gì ở địa chỉ này.", "there is nothing at this address")
    return api.create_response(request, body, status=HTTPStatus.NOT_FOUND)

"""An HTTP service as a finder: one article a request, its answer in a shape of predictions. Follows no redirect."""

import ipaddress
import time
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

import orjson

from annotator.errors import Refusal
from annotator.model.article import Article
from annotator.text.display import display

MOST_BYTES = 64 * 1024 * 1024
"""Bytes of an answer that are read: more than the longest article has to say."""

_PIECE = 64 * 1024
_SHOWN = 80
"""Bytes of what a service says when it refuses."""
_LONGEST_URL = 200
"""Characters of an address that a message shows."""
_PAGE = (b"<!doctype html", b"<html")
"""What no system begins an answer with that speaks of an article."""


class _NoRedirect(HTTPRedirectHandler):
    """An article is sent to the address that the user gave, and to no other."""

    def redirect_request(self, *_: Any) -> None:
        return None


class Service:
    """A service at a URL."""

    def __init__(self, url: str, timeout: float) -> None:
        """Take the URL; `timeout` is the seconds for one answer. Raises `Refusal` `usage` for a URL that is none."""
        try:
            parts = urlsplit(url)
            host, _ = parts.hostname or "", parts.port
        except ValueError:
            host = ""
        if not host or parts.username is not None:
            raise Refusal(
                "usage", "That is no URL of a service.", "Write http://HOST:PORT/PATH, without a name and a password."
            )
        self.system = f"{parts.netloc}{parts.path.rstrip('/')}"
        self._url, self._timeout = url, timeout
        self._opener = _opener(host)

    def speaks(self, _language: str) -> bool:
        """Give true: it is told the language, and judges for itself."""
        return True

    def asides(self) -> list[str]:
        """Give nothing: all that it says belongs to an article."""
        return []

    def ask(self, article: Article) -> bytes:
        """Give its answer about an article."""
        asked = {
            "article_id": article.article_id,
            "language": article.language,
            "text": article.text,
            "text_sha256": article.text_sha256,
        }
        headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "annotator"}
        request = Request(self._url, orjson.dumps(asked), headers)  # noqa: S310 - the scheme was looked at
        try:
            with self._opener.open(request, timeout=self._timeout) as response:
                answer = self._read(response)
        except HTTPError as error:
            with error:
                raise self._refused(error) from None
        except TimeoutError:
            raise self._silent(f"took longer than {self._timeout:g} seconds") from None
        except URLError as error:
            raise self._silent(f"cannot be reached: {error.reason}") from None
        except (HTTPException, OSError) as error:
            raise self._silent(f"broke off: {type(error).__name__} {error}".rstrip()) from None
        if answer[:_SHOWN].lstrip().lower().startswith(_PAGE):
            what = f"answers with a page for people, not with JSON: it begins {_begins(answer)!r}"
            raise self._bad(what, f"Check the address: {self._shown_url()}")
        return answer

    def _refused(self, error: HTTPError) -> Refusal:
        """Give the refusal for a status other than 200. Raises `OSError` when the answer breaks off."""
        status = f"answers {error.code} {display(error.reason or '')}".rstrip()
        if 300 <= error.code < 400:
            to = display(error.headers.get("Location", ""))[:_LONGEST_URL]
            do = f"Give {to} instead, if articles may go there." if to else "Look at the service's own log."
            return self._bad(f"{status}: it leads elsewhere, and articles go to no address but the one given", do)
        said = _begins(error.read(_SHOWN))
        return self._bad(status + (f" and says {said!r}" if said else ""))

    def _shown_url(self) -> str:
        return display(self._url)[:_LONGEST_URL]

    def _read(self, response: HTTPResponse) -> bytes:
        until, pieces, size = time.monotonic() + self._timeout, [], 0
        while piece := response.read1(_PIECE):
            pieces.append(piece)
            size += len(piece)
            if size > MOST_BYTES:
                raise self._bad(f"sends more than {MOST_BYTES // 1024 // 1024} MB")
            if time.monotonic() > until:
                raise TimeoutError
        if response.length:
            raise self._silent(f"broke off with {response.length} bytes to come")
        return b"".join(pieces)

    def _bad(self, what: str, do: str = "Look at the service's own log.") -> Refusal:
        return Refusal("finder.answer", f"{self.system} {what}.", do)

    def _silent(self, what: str) -> Refusal:
        return Refusal("finder.unreachable", f"{self.system} {what}.", "Check that it runs and that you may reach it.")


def _begins(answer: bytes) -> str:
    """Give how an answer begins, safe to be shown."""
    return display(answer[:_SHOWN].decode(errors="replace").strip())


def _opener(host: str) -> OpenerDirector:
    """Give what opens URLs there: through the proxy that the environment names, but never to this machine itself."""
    try:
        is_here = ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_here = host == "localhost"
    proxies = [ProxyHandler({})] if is_here else []
    return build_opener(_NoRedirect, *proxies)

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
"""Characters of what a service says when it refuses."""


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
                return self._read(response)
        except HTTPError as error:
            with error:
                said = display(error.read(_SHOWN).decode(errors="replace").strip())
            told = f" and says {said!r}" if said else ""
            raise self._bad(f"answers {error.code} {display(error.reason or '')}".rstrip() + told) from None
        except TimeoutError:
            raise self._silent(f"took longer than {self._timeout:g} seconds") from None
        except URLError as error:
            raise self._silent(f"cannot be reached: {error.reason}") from None
        except (HTTPException, OSError) as error:
            raise self._silent(f"broke off: {type(error).__name__} {error}".rstrip()) from None

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

    def _bad(self, what: str) -> Refusal:
        return Refusal("finder.answer", f"{self.system} {what}.", "Look at the service's own log.")

    def _silent(self, what: str) -> Refusal:
        return Refusal("finder.unreachable", f"{self.system} {what}.", "Check that it runs and that you may reach it.")


def _opener(host: str) -> OpenerDirector:
    """Give what opens URLs there: through the proxy that the environment names, but never to this machine itself."""
    try:
        is_here = ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_here = host == "localhost"
    proxies = [ProxyHandler({})] if is_here else []
    return build_opener(_NoRedirect, *proxies)

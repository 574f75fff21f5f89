"""The one page that everybody may see: it asks for a token, and says nothing of the workspace behind it."""

import base64
import hashlib
from html import escape

_STYLE = """
body { background: #0c181f; color: #e8ecee; font: 16px/1.5 system-ui, sans-serif; display: grid; place-items: center;
  min-height: 90vh; margin: 0; }
main { width: min(26rem, 90vw); }
input, button { font: inherit; padding: .6rem .8rem; width: 100%; box-sizing: border-box; margin-top: .6rem;
  border: 1px solid #6b8794; border-radius: .3rem; background: #12232d; color: inherit; }
button { background: #24566b; cursor: pointer; }
[role=alert] { border-left: .3rem solid #e0a030; padding-left: .8rem; }
"""

POLICY = (
    "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
    f"style-src 'sha256-{base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}'"
)
"""What a browser may do with such a page: show it, in its own style, and send its form back."""

_FORM = """<form method="post" action="{action}">
<label for="token">Your token</label>
<input id="token" name="token" type="password" autocomplete="current-password" required autofocus maxlength="100">
<button>Log in</button>
</form>
<p>Who leads the team makes tokens: <code>annotator token add NAME</code>.</p>"""


def login_page(action: str, alert: str = "") -> str:
    """Give the page whose form is sent to `action`, with a sentence above it that says what went wrong."""
    return _page(alert, _FORM.format(action=escape(action)))


def sentence_page(alert: str) -> str:
    """Give a page that says why there is none."""
    return _page(alert, "")


def _page(alert: str, rest: str) -> str:
    said = f'<p role="alert">{escape(alert)}</p>' if alert else ""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>annotator</title>\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<style>{_STYLE}</style></head>\n<body><main><h1>annotator</h1>\n{said}\n{rest}\n</main></body>\n</html>\n"
    )

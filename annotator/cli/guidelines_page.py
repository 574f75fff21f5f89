"""The guidelines as one HTML file: the pages in their order, then the schema's tables. No network, no script.

Markdown is read by markdown-it; what is markup in a page stays text, links lead inside the page or to the web, and
nothing is fetched. A block of worked examples is drawn as the article's words with the claims under them.
"""

from collections.abc import Iterator, MutableMapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from annotator.cli.guidelines_tables import TABLES, schema_tables
from annotator.cli.html_page import html_page, safe
from annotator.model.pages import PAGE, Page
from annotator.model.worked_example import EXAMPLE
from annotator.workflow.guidebook import Guidebook, Illustration, Piece, Told

_STYLE = """
nav ol { columns: 18rem 3; margin: .5rem 0 1rem; padding-inline-start: 1.6rem; }
nav li { break-inside: avoid; margin-bottom: .4rem; } nav ul { padding-inline-start: 1rem; list-style: none; }
nav ul a { color: var(--soft); } a { color: var(--heat); }
h2 { font-size: 1.3rem; margin-top: 3.2rem; padding-top: .8rem; border-top: 2px solid var(--rule); }
h3 { font-size: 1.05rem; margin: 1.8rem 0 .4rem; } h4 { margin: 1.2rem 0 .3rem; }
li { max-width: 44rem; } pre { overflow-x: auto; padding: .6rem .8rem; background: var(--card);
  border: 1px solid var(--rule); border-radius: .4rem; }
.examples { margin: .4rem 0 1.4rem; max-width: 52rem; border: 1px solid var(--rule); border-radius: .5rem;
  background: var(--card); }
.stretch { padding: .6rem .9rem; } .stretch + .stretch { border-top: 1px solid var(--rule); }
.words { max-width: none; margin: 0 0 .3rem; line-height: 1.7; } .words[dir=rtl] { font-size: 1.15em; }
.words mark { color: inherit; background: none; padding: .1em .15em; }
.quote.right { --tone: #2c7a3f; border-bottom: 3px solid var(--tone); }
.quote.wrong { --tone: #b3362b; border: 2px dashed var(--tone); border-radius: .2rem; }
.quote.both { --tone: #8a5a00; border-bottom: 3px double var(--tone); }
.words .quote { background: color-mix(in srgb, var(--tone) 14%, transparent); }
.words .trigger { border-bottom: 2px dotted var(--soft); }
@media (min-width: 48rem) { #schema code { overflow-wrap: normal; } }
.claims { list-style: none; margin: 0; padding: 0; } .claims li { max-width: none; }
.verdict { display: inline-block; min-width: 5.2rem; font-weight: 600; }
.verdict.right { color: #2c7a3f; } .verdict.wrong { color: #b3362b; }
.place { float: inline-end; font-size: .8rem; color: var(--soft); font-variant-numeric: tabular-nums; }
@media (prefers-color-scheme: dark) {
  .quote.right { --tone: #6fc984; } .quote.wrong { --tone: #ff8d80; } .quote.both { --tone: #e0b060; }
  .verdict.right { color: #6fc984; } .verdict.wrong { color: #ff8d80; } }
"""

_Env = MutableMapping[str, Any]
"""The page and the book, handed through the renderer."""

_LEAST = 2
"""A page's title becomes a heading of this depth: the document has a title of its own."""


def guidelines_page(book: Guidebook) -> str:
    """Give the guidelines as an HTML document."""
    version = book.guidelines.schema.version
    told = f"<h1>Guidelines</h1><p class=soft>Schema {safe(version)}</p>"
    pages = "\n".join(_section(page, book) for page in book.handbook.pages)
    body = f"{told}{_contents(book.handbook.pages)}\n{pages}\n{schema_tables(book.guidelines)}"
    return html_page("Guidelines", body, _STYLE)


def _contents(pages: Sequence[Page]) -> str:
    entries = [
        (page.title, _id(page.name), [(one.told, one.anchor) for one in page.headings if one.depth == 2])
        for page in pages
    ]
    entries.append(("The schema", "schema", [(title, anchor) for anchor, title in TABLES]))
    return "<nav><ol>{}</ol></nav>".format(
        "".join(
            f'<li><a href="#{anchor}">{_plain(title)}</a><ul>'
            + "".join(f'<li><a href="#{anchor}.{safe(part)}">{_plain(told)}</a></li>' for told, part in parts)
            + "</ul></li>"
            for title, anchor, parts in entries
        )
    )


def _plain(heading: str) -> str:
    return safe(heading.replace("`", "").replace("*", ""))


def _id(name: str) -> str:
    return safe(name.removesuffix(PAGE))


def _section(page: Page, book: Guidebook) -> str:
    markdown = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Drawing).enable("table")
    return f'<section id="{_id(page.name)}">{markdown.render(page.text, {"page": page, "book": book})}</section>'


class _Drawing(RendererHTML):
    """How each piece of Markdown is written where plain HTML would not do. Methods are named after kinds of token."""

    def text(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: _Env) -> str:
        """Write text that steers nothing."""
        return safe(tokens[idx].content)

    def code_inline(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: _Env) -> str:
        """Write code as it stands."""
        return f'<code dir="auto">{safe(tokens[idx].content)}</code>'

    def code_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: _Env) -> str:
        """Write lines as they stand."""
        return "<pre><code>{}</code></pre>\n".format("\n".join(map(safe, tokens[idx].content.split("\n"))))

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: _Env) -> str:
        """Draw worked examples; write other blocks as they stand."""
        if tokens[idx].info.split()[:1] == [EXAMPLE]:
            return "".join(_examples(tokens[idx].content, env["book"]))
        return self.code_block(tokens, idx, options, env)

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: _Env) -> str:
        """Write what an image is called: nothing is fetched."""
        return safe(tokens[idx].content)

    def heading_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: _Env) -> str:
        """Open a heading a step deeper, with its anchor."""
        page, line = env["page"], (tokens[idx].map or [0])[0] + 1
        anchor = next((one.anchor for one in page.headings if one.line == line), "")
        tag = self._deeper(tokens[idx].tag)
        return f'<{tag} id="{_id(page.name)}.{safe(anchor)}" dir="auto">'

    def heading_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: _Env) -> str:
        """Close a heading."""
        return f"</{self._deeper(tokens[idx].tag)}>\n"

    def _deeper(self, tag: str) -> str:
        return f"h{min(6, int(tag[1:]) + _LEAST - 1)}"

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: _Env) -> str:
        """Open a link: to a page or heading it leads inside the document."""
        return f'<a href="{safe(_inside(str(tokens[idx].attrGet("href") or ""), env["page"]))}" rel="noreferrer">'

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: _Env) -> str:
        """Let a wide table scroll by itself."""
        return '<div class="wide"><table>\n'

    def table_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: _Env) -> str:
        """Close a table."""
        return "</table></div>\n"


def _inside(href: str, page: Page) -> str:
    """Give where a link leads in the one document; one to the web stays, one to another file leads nowhere."""
    name, _, anchor = href.partition("#")
    if name.endswith(PAGE) and "/" not in name:
        return f"#{name.removesuffix(PAGE)}" + (f".{anchor}" if anchor else "")
    if not name:
        return f"#{page.name.removesuffix(PAGE)}.{anchor}"
    return href if href.startswith(("https://", "http://")) else "#"


# --- worked examples ---


def _examples(block: str, book: Guidebook) -> Iterator[str]:
    shown, slips = book.illustrated(block)
    yield '<div class="examples">'
    yield from (_stretch(one) for one in shown)
    yield from (f'<p class="stretch few">Line {slip.line}: {safe(slip.message)}</p>' for slip in slips)
    yield "</div>\n"


def _stretch(shown: Illustration) -> str:
    verdicts = {claim.right for claim in shown.claims}
    tone = "both" if len(verdicts) == 2 else "right" if True in verdicts else "wrong"
    words = "".join(_piece(piece, tone) for piece in shown.pieces)
    side = ' dir="rtl" lang="ar"' if shown.rtl else ' dir="ltr"'
    place = f"{safe(shown.article)} {shown.place.start}–{shown.place.end}"
    claims = "".join(map(_claim, shown.claims))
    return (
        f'<div class="stretch"><p class="words"{side}>{words}</p>'
        f'<span class="place">{place}</span><ul class="claims">{claims}</ul></div>'
    )


def _piece(piece: Piece, tone: str) -> str:
    if not piece.mark:
        return safe(piece.text)
    words = safe(piece.text.replace("\n", "⏎"))
    return f'<mark class="{piece.mark}{f" {tone}" if piece.mark == "quote" else ""}">{words}</mark>'


def _claim(claim: Told) -> str:
    verdict = (
        '<span class="verdict right">✓ right</span>' if claim.right else '<span class="verdict wrong">✗ wrong</span>'
    )
    there = f' <bdi class="soft">“{safe(claim.there.replace(chr(10), " "))}”</bdi>' if claim.there else ""
    return f"<li>{verdict} <code>{safe(claim.said)}</code>{there}</li>"

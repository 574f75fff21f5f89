"""What all our HTML pages share: one file that needs nothing beside it, no network, no script; light and dark.

What an article says is hostile until shown otherwise: whoever writes a page puts every string of it through `safe`, so
that nothing steers the order of letters and nothing is taken for markup.
"""

from html import escape

from annotator.text.display import display

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>{style}</style></head>
<body>{body}
</body></html>
"""

_STYLE = """
:root { color-scheme: light dark; --ground: #fbfaf8; --ink: #1d1c1a; --soft: #6b6862; --rule: #dcd8d0;
  --heat: #2f7f86; --warn: #8a5a00; --card: #ffffff; }
@media (prefers-color-scheme: dark) { :root { --ground: #171614; --ink: #ebe8e2; --soft: #a09b92; --rule: #3a3732;
  --heat: #2b8a92; --warn: #e0b060; --card: #1f1e1b; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.5rem 4rem; max-width: 66rem; background: var(--ground); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.05rem; margin: 2.4rem 0 .5rem; }
p { margin: .25rem 0 .75rem; max-width: 46rem; } .soft, figcaption { color: var(--soft); }
.wide { overflow-x: auto; margin: 0 0 1.2rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .7rem; text-align: start; vertical-align: top; border-bottom: 1px solid var(--rule); }
th { font-weight: 600; } td.n, th.n { text-align: end; white-space: nowrap; }
tbody th { font-weight: 400; } caption { text-align: start; color: var(--soft); padding: .2rem 0; }
@media (max-width: 40rem) { body { padding: 1rem .8rem 3rem; } th, td { padding: .25rem .4rem; } }
:focus-visible { outline: 2px solid var(--heat); outline-offset: 2px; }
td bdi { font-size: 1.05em; }
code { font-size: .85rem; overflow-wrap: anywhere; }
@media print { :root { color-scheme: light; } body { max-width: none; padding: 0; font-size: 11px; }
  .wide { overflow: visible; } tr, figure, .card, svg { break-inside: avoid; } h2, h3, caption { break-after: avoid; }
  * { print-color-adjust: exact; } }
"""


def html_page(title: str, body: str, style: str = "") -> str:
    """Give an HTML document of a body that is HTML already; `style` says what this page has beyond all pages."""
    return _PAGE.format(title=safe(title), style=_STYLE + style, body=body)


def safe(text: str) -> str:
    """Give a text as HTML that shows it, and does nothing else."""
    return escape(display(text))

"""How the page of gold looks beyond what all pages share: mentions in the colours of the screens, light and dark."""

from annotator.tui.palette import DARK, LIGHT, Palette

_STYLE = """
:root {{ {light} }}
@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}
h2 {{ font-size: 1.25rem; }} h3 {{ font-size: 1rem; margin: 1.6rem 0 .5rem; }}
h4 {{ font-size: .95rem; margin: 0 0 .4rem; }} nav li {{ margin: .3rem 0; }} nav .soft {{ display: block; }}
article {{ border-top: 1px solid var(--rule); margin-top: 2rem; }}
.text, h2 {{ max-width: 44rem; }}
.text p {{ max-width: none; margin: 0 0 .8rem; font-size: 1.05rem; line-height: 2.1; overflow-wrap: anywhere; }}
.text p[dir=rtl] {{ font-size: 1.2rem; }}
.text s {{ text-decoration: none; color: var(--soft); }}
.m {{ color: inherit; background: color-mix(in srgb, var(--k) var(--tint, 14%), transparent);
  border-bottom: 2px solid var(--k); border-radius: .15rem; padding: .1rem 0; text-decoration: none; }}
mark .m {{ padding-bottom: .3rem; }} mark mark .m {{ padding-bottom: .5rem; }}
{kinds}
.k-trigger {{ --tint: 34%; }} .m:target, .card:target {{ outline: 2px solid var(--k, var(--heat)); }}
.legend .m {{ padding: .1rem .4rem; margin-inline-end: .3rem; }}
.events {{ display: grid; grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); gap: .8rem; }}
.event {{ padding: .7rem .9rem; overflow-x: auto; }} .event td, .event th {{ padding: .2rem .6rem .2rem 0; }}
.event tr:last-child > * {{ border-bottom: 0; }}
.card {{ background: var(--card); border: 1px solid var(--rule); border-radius: .5rem; }}
.chip {{ font-weight: 400; font-size: .8rem; border: 1px solid var(--rule); border-radius: 1rem; padding: .05rem .5rem;
  margin-inline-start: .3rem; }}
"""


def style() -> str:
    """Give the sheet. Nothing in it changes a letter within a word: Arabic letters join only in one font and weight."""
    kinds = "\n".join(f".k-{kind} {{ --k: var(--k-{kind}); }}" for kind in LIGHT.kinds)
    return _STYLE.format(light=_colours(LIGHT), dark=_colours(DARK), kinds=kinds)


def _colours(palette: Palette) -> str:
    return " ".join(f"--k-{kind}: {colour};" for kind, colour in palette.kinds.items())

"""How the pages of reports look, beyond what all our pages share (`html_page`): cards, heat, drawings."""

STYLE = """
body { max-width: 74rem; } th.n, td.n { padding-inline: .5rem; }
.few { color: var(--warn); }
:root { --l0: #1d1c1a; --l1: #1f6fb2; --l2: #b4541a; --l3: #4b7d2b; --l4: #8a4fa3; --l5: #a03050; }
@media (prefers-color-scheme: dark) { :root {
  --l0: #ebe8e2; --l1: #6fb4ee; --l2: #ee9a62; --l3: #95c971; --l4: #cf9ae6; --l5: #ee8aa6; } }
.cards { display: flex; flex-wrap: wrap; gap: 1rem; margin: 1rem 0; }
.card { background: var(--card); border: 1px solid var(--rule); border-radius: .5rem; padding: .75rem 1.1rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; list-style: none; padding: 0; } nav a { color: inherit; }
p, li, dd, summary, .card { overflow-wrap: anywhere; }
tbody th bdi { display: inline-block; width: max-content; max-width: 20rem; overflow-wrap: anywhere; }
.floors { list-style: none; padding: 0; } .floors b { display: inline-block; min-width: 6rem; }
details { margin: .4rem 0 1rem; } summary { cursor: pointer; } summary h3 { display: inline; font-size: 1rem; }
.card b { display: block; font-size: 1.7rem; font-variant-numeric: tabular-nums; }
table.heat td { text-align: center; border: 2px solid var(--ground); min-width: 3.6rem;
  background: color-mix(in srgb, var(--heat) calc(var(--v, 0) * 55%), var(--card)); }
table.heat td.none { background: none; color: var(--soft); }
table.square thead th { writing-mode: vertical-rl; padding: .4rem .1rem; font-weight: 400; max-height: 14rem; }
table.square thead th:first-child { writing-mode: horizontal-tb; color: var(--soft); vertical-align: bottom; }
table.square thead th span { display: inline-block; transform: rotate(180deg); white-space: nowrap;
  max-height: 13rem; overflow: hidden; text-overflow: ellipsis; }
table.square { font-size: .82rem; } table.square td { min-width: 1.7rem; padding: .15rem .2rem; border-width: 1px; }
table.square td.same { outline: 1px solid currentColor;
  outline-offset: -2px; }
table.square tbody th { position: sticky; inset-inline-start: 0; background: var(--ground); white-space: nowrap;
  max-width: min(16rem, 40vw); overflow: hidden; text-overflow: ellipsis; }
table.heat th { border: 0; } table.heat thead th { vertical-align: bottom; }
figure { margin: 0 1.5rem 1rem 0; display: inline-block; }
svg { display: block; max-width: 100%; } svg.bar { max-width: none; margin-top: .2rem; }
svg text { font: 12px system-ui, sans-serif; fill: currentColor; }
.track, .grid { stroke: var(--rule); } .reach { stroke: var(--heat); stroke-width: 4; }
.track-area { fill: var(--rule); opacity: .5; } .whisker { fill: none; stroke: currentColor; stroke-width: 1.5; }
.ring { fill: none; stroke: currentColor; stroke-width: 2; }
.dot { fill: var(--heat); } .column { fill: var(--heat); }
.line { fill: none; stroke-width: 2; } .line.l0 { stroke-width: 3.5; }
.line.l0 { stroke: var(--l0); } .line.l1 { stroke: var(--l1); } .line.l2 { stroke: var(--l2); }
.line.l3 { stroke: var(--l3); } .line.l4 { stroke: var(--l4); } .line.l5 { stroke: var(--l5); }
.dot.l0 { fill: var(--l0); } .dot.l1 { fill: var(--l1); } .dot.l2 { fill: var(--l2); }
.dot.l3 { fill: var(--l3); } .dot.l4 { fill: var(--l4); } .dot.l5 { fill: var(--l5); }
"""

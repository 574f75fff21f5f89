"""How far annotators agree, measured before adjudication."""

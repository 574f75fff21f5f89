"""The Unicode Bidirectional Algorithm (UAX #9), giving levels and a map between logical and visual order.

A viewer that highlights spans needs to know where each code point went, not a reordered string. So nothing here ever
makes a string to draw: `levels` gives each code point's embedding level, `reorder` the order in which a row's levels
stand on the screen. Positions are code points of the text that was given. The rules keep their names in UAX #9 (W1,
N0, L2, ...), so that each can be read beside the standard.
"""

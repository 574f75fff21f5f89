"""Figures of figures: shares with intervals, resampling, coefficients of agreement. Knows no article and no person.

numpy is loaded when something is computed with it, never by importing this room.
"""

"""The page for a team: a login by token in front of it, and each window a program of whoever is logged in.

Only `page` needs the extra `serve`; sessions and limits know time as a number, and no network.
"""

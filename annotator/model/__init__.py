"""What the tool speaks of, as frozen models: articles, mentions, events, decisions, annotations, records, the schema.

No disk, no clock, no screen: everything here is a value, and every function gives the same answer for the same input.
"""

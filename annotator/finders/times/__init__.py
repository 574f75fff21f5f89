"""When a text says that something was: time expressions, and the days that they mean."""

"""Taking in what other systems propose: a file, a service, a spaCy pipeline or an installed finder, by one door."""

"""Who acts and where: actors and places, of the registry and unknown ones."""

"""Other tools' files: one module a format behind one registry, read into and written from one shape, `Document`."""

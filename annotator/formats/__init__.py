"""One file a format: read -> (records, problems), write -> (bytes, losses). Pure: bytes in, bytes out."""

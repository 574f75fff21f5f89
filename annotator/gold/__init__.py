"""What a release holds, which version it gets, and whether it verifies: bytes in, bytes out, no disk."""

"""What a release holds, its version, whether it verifies, and what changed since another: bytes in, bytes out, no disk."""

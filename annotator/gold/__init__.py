"""What a release holds, its version, whether it verifies, and what another one changed: bytes in, bytes out, no disk."""

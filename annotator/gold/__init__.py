"""What a release holds, its version, whether it verifies, and what others changed: bytes in, bytes out, no disk."""

"""The web front door: FastAPI on loopback, one process, no other server."""

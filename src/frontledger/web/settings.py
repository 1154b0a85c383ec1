"""How a service is set up.

What belongs here: the settings and their bounds.  What does not: reading them from the command line (``cli_serve``).
"""

from __future__ import annotations

from frontledger.model import Value

__all__ = ["Settings"]

MEGABYTE = 1024 * 1024


class Settings(Value, frozen=True):
    """Where the service listens, for whom, and within which bounds."""

    ledger: str
    """Path or address of the ledger."""
    host: str = "127.0.0.1"
    port: int = 8737
    team: bool = False
    """With users and roles; else for one person, who comes in by the address that is printed."""
    names: tuple[str, ...] = ()
    """Host names under which browsers may ask, with or without port; those of the machine itself always may."""
    behind_proxy: bool = False
    """Believe ``X-Forwarded-Proto`` and ``X-Forwarded-For``: only where a proxy sets both."""
    certificate: str | None = None
    key: str | None = None
    by: str = "me"
    """Who judges, where the service is for one person."""
    most_upload: int = 64 * MEGABYTE
    """Bytes of an account file or archive."""
    most_body: int = MEGABYTE
    """Bytes of any other request."""
    reading_seconds: float = 600
    """How long reading one upload may take."""
    body_seconds: float = 30
    """How long a client may be silent in the middle of its request, or not take what it asked for."""
    header_seconds: float = 15
    """How long a client may take to say what it wants."""
    grace_seconds: float = 10
    """How long requests under way may go on when the service stops."""
    session_hours: float = 12
    """How long a session lasts without use."""
    poll_seconds: float = 0.25
    """How often to look whether another process has changed the ledger."""
    argon_kilobytes: int = 64 * 1024
    """Memory of one password check."""

    @property
    def secure(self) -> bool:
        """Whether browsers come by HTTPS, as far as this process can know."""
        return self.certificate is not None or self.behind_proxy

"""Who may use the service of a ledger: users, their sessions and tokens, invitations.

They stand in the ledger's own database, so that one backup has everything.  Of secrets only digests are kept.  What
belongs here: these rows.  What does not: passwords and cookies (``web.doors``, ``web.team``), or what a role may do.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Literal, get_args

from frontledger.errors import ConflictError, InputError, NotFoundError
from frontledger.ledger.storage import Ledger
from frontledger.ledger.store import delete, insert
from frontledger.model import Value

__all__ = ["ROLES", "Invitation", "Role", "TokenCard", "User"]

Role = Literal["reader", "reviewer", "editor", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)


class User(Value, frozen=True):
    """Somebody who may use the service; ``invited`` until they have a password."""

    name: str
    role: Role
    active: bool
    invited: bool
    since: str


class TokenCard(Value, frozen=True):
    """A token of a program, by the beginning of its digest."""

    id: str
    person: str
    label: str
    since: str
    until: str | None


class Invitation(Value, frozen=True):
    """Somebody who is asked to come in."""

    name: str
    role: Role
    by: str
    until: str


def moment(**ahead: float) -> str:
    """Now, or so much later: ISO 8601 in UTC, to the second."""
    return (datetime.now(UTC) + timedelta(**ahead)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _rows(ledger: Ledger, sql: str, *values: object) -> list[tuple[Any, ...]]:
    return ledger._store.rows(sql, values)  # noqa: SLF001 - of one house


def checked_role(role: str) -> Role:
    """The role; raises :class:`~frontledger.errors.InputError` for any other word."""
    for known in ROLES:
        if role == known:
            return known
    raise InputError(f"no role {role!r}: expected {', '.join(ROLES)}")


def checked_name(name: str) -> str:
    """The name of a user; raises :class:`~frontledger.errors.InputError` for what cannot be one."""
    plain = " ".join(name.split())
    if not plain or len(plain) > 64 or not plain.isprintable():
        raise InputError(f"{name!r} cannot be a name: expected 1 to 64 printable characters")
    return plain


def users(ledger: Ledger) -> list[User]:
    """All users, by name."""
    found = _rows(
        ledger, "SELECT name, role, active, password IS NULL, since FROM service_users ORDER BY name"
    )
    return [_user(row) for row in found]


def _user(row: tuple[Any, ...]) -> User:
    return User(name=row[0], role=row[1], active=bool(row[2]), invited=bool(row[3]), since=row[4])


def user(ledger: Ledger, name: str) -> User:
    """One user; raises :class:`~frontledger.errors.NotFoundError`."""
    found = [one for one in users(ledger) if one.name == name]
    if not found:
        raise NotFoundError(f"no user {name!r}")
    return found[0]


def password(ledger: Ledger, name: str) -> str | None:
    """The hash of the password of an active user; None where there is none."""
    found = _rows(ledger, "SELECT password FROM service_users WHERE name = ? AND active = 1", name)
    return found[0][0] if found else None


def add(ledger: Ledger, name: str, role: str, hashed: str | None = None) -> User:
    """A new user, without a password until an invitation is accepted.

    Raises :class:`~frontledger.errors.ConflictError` where there is one of that name, whatever its case.
    """
    name, known = checked_name(name), checked_role(role)
    with ledger.writing():
        if any(one.name.casefold() == name.casefold() for one in users(ledger)):
            raise ConflictError(f"there is a user {name!r} already")
        row: dict[str, object] = {
            "name": name,
            "role": known,
            "password": hashed,
            "active": 1,
            "since": moment(),
        }
        insert(ledger._store, "service_users", [row])  # noqa: SLF001 - of one house
    return user(ledger, name)


def change(
    ledger: Ledger,
    name: str,
    *,
    role: str | None = None,
    active: bool | None = None,
    hashed: str | None = None,
) -> User:
    """Another role, password, or whether a user may come in at all; whoever may not is signed out at once.

    Raises :class:`~frontledger.errors.ConflictError` where no active admin would be left.
    """
    with ledger.writing():
        was = user(ledger, name)
        if role is not None:
            _rows(ledger, "UPDATE service_users SET role = ? WHERE name = ?", checked_role(role), name)
        if active is not None:
            _rows(ledger, "UPDATE service_users SET active = ? WHERE name = ?", int(active), name)
        if hashed is not None:
            _rows(ledger, "UPDATE service_users SET password = ? WHERE name = ?", hashed, name)
        if (
            was.role == "admin"
            and was.active
            and not any(one.role == "admin" and one.active for one in users(ledger))
        ):
            raise ConflictError(f"{name} is the only admin: make somebody else one first")
        if active is False or hashed is not None:
            sign_out(ledger, name)
        if active is False:
            _rows(ledger, "DELETE FROM service_tokens WHERE person = ?", name)
            _rows(ledger, "DELETE FROM service_invitations WHERE name = ?", name)
    return user(ledger, name)


def add_session(ledger: Ledger, digest: str, name: str, hours: float) -> None:
    """A session that ends after so many hours without use; those that have ended go."""
    with ledger.writing():
        _rows(ledger, "DELETE FROM service_sessions WHERE until < ?", moment())
        row: dict[str, object] = {
            "digest": digest, "person": name, "since": moment(), "until": moment(hours=hours)
        }  # fmt: skip
        insert(ledger._store, "service_sessions", [row])  # noqa: SLF001 - of one house


def session(ledger: Ledger, digest: str) -> tuple[User, str] | None:
    """Whose session that is and until when; None where there is none (any more)."""
    found = _rows(
        ledger,
        "SELECT u.name, u.role, u.active, u.password IS NULL, u.since, s.until FROM service_sessions s"
        " JOIN service_users u ON u.name = s.person WHERE s.digest = ? AND u.active = 1 AND s.until >= ?",
        digest, moment(),
    )  # fmt: skip
    return (_user(found[0]), found[0][5]) if found else None


def prolong(ledger: Ledger, digest: str, hours: float) -> None:
    """The session is in use."""
    with ledger.writing():
        _rows(ledger, "UPDATE service_sessions SET until = ? WHERE digest = ?", moment(hours=hours), digest)


def sign_out(ledger: Ledger, name: str) -> None:
    """End all sessions of a user."""
    with ledger.writing():
        delete(ledger._store, "service_sessions", "person", [name])  # noqa: SLF001 - of one house


def end_session(ledger: Ledger, digest: str) -> None:
    """End one session."""
    with ledger.writing():
        delete(ledger._store, "service_sessions", "digest", [digest])  # noqa: SLF001 - of one house


def add_token(ledger: Ledger, digest: str, name: str, label: str, days: float | None) -> TokenCard:
    """A token of a program; without ``days`` it does not end by itself."""
    until = None if days is None else moment(days=days)
    row: dict[str, object] = {
        "digest": digest, "person": name, "label": " ".join(label.split())[:100], "since": moment(), "until": until
    }  # fmt: skip
    with ledger.writing():
        insert(ledger._store, "service_tokens", [row])  # noqa: SLF001 - of one house
    return next(one for one in tokens(ledger, name) if digest.startswith(one.id))


def tokens(ledger: Ledger, name: str | None = None) -> list[TokenCard]:
    """The tokens of a user, or of all."""
    found = _rows(
        ledger, "SELECT digest, person, label, since, until FROM service_tokens ORDER BY since, digest"
    )
    return [
        TokenCard(id=row[0][:16], person=row[1], label=row[2], since=row[3], until=row[4])
        for row in found
        if name is None or row[1] == name
    ]


def token(ledger: Ledger, digest: str) -> tuple[str, User | None] | None:
    """Whose token that is, and the user if there is one of that name; None for nobody's, or that of one who may not."""
    found = _rows(
        ledger,
        "SELECT person FROM service_tokens WHERE digest = ? AND (until IS NULL OR until >= ?)",
        digest,
        moment(),
    )
    if not found:
        return None
    name = found[0][0]
    known = next((one for one in users(ledger) if one.name == name), None)
    return None if known is not None and not known.active else (name, known)


def end_token(ledger: Ledger, token_id: str, name: str | None = None) -> None:
    """End a token by its id; raises :class:`~frontledger.errors.NotFoundError` where the user has none of that id."""
    with ledger.writing():
        found = [one for one in tokens(ledger, name) if one.id == token_id]
        if not found:
            raise NotFoundError(f"no token {token_id!r}")
        _rows(ledger, "DELETE FROM service_tokens WHERE substr(digest, 1, 16) = ?", token_id)


def invite(ledger: Ledger, digest: str, name: str, by: str, days: float) -> Invitation:
    """Ask a user to come in and choose a password; an earlier invitation of theirs ends."""
    with ledger.writing():
        asked = user(ledger, name)
        if not asked.active:
            raise ConflictError(f"{name} may not come in")
        delete(ledger._store, "service_invitations", "name", [name])  # noqa: SLF001 - of one house
        row: dict[str, object] = {
            "digest": digest, "name": name, "role": asked.role, "by": by, "until": moment(days=days)
        }  # fmt: skip
        insert(ledger._store, "service_invitations", [row])  # noqa: SLF001 - of one house
    return Invitation(name=name, role=asked.role, by=by, until=str(row["until"]))


def accept(ledger: Ledger, digest: str, hashed: str) -> User | None:
    """Accept an invitation with a password; None where there is none (any more)."""
    with ledger.writing():
        found = _rows(
            ledger, "SELECT name FROM service_invitations WHERE digest = ? AND until >= ?", digest, moment()
        )
        if not found:
            return None
        delete(ledger._store, "service_invitations", "digest", [digest])  # noqa: SLF001 - of one house
        return change(ledger, found[0][0], hashed=hashed)

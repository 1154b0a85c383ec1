"""Addresses about people: signing in and out, invitations, users and their roles, tokens of programs.

What belongs here: their parameters and cookies.  What does not: checking a password (``team``).
"""

from __future__ import annotations

from typing import Annotated

from litestar import Response
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from frontledger.errors import ConflictError
from frontledger.ledger import people
from frontledger.ledger.people import Role, TokenCard, User
from frontledger.ledger.storage import Ledger
from frontledger.model import Value
from frontledger.web.answers import NO_NUL
from frontledger.web.declaring import Asked, changes, desk_of, ends, person_of, reads
from frontledger.web.doors import Door, cookie_header
from frontledger.web.persons import PUBLIC
from frontledger.web.problems import Refused, details
from frontledger.web.settings import Settings
from frontledger.web.team import TeamDoor, invitation, new_token

__all__ = ["ROUTES"]

Password = Annotated[str, Meta(min_length=10, max_length=200)]
Name = Annotated[str, Meta(min_length=1, max_length=64, pattern=NO_NUL)]
Code = Annotated[str, Meta(min_length=1, max_length=200)]


class SignIn(Value, frozen=True, forbid_unknown_fields=True):
    """Name and password."""

    name: Name
    password: Annotated[str, Meta(min_length=1, max_length=200)]


class SignedIn(Value, frozen=True):
    """Who has come in."""

    name: str
    role: Role


class Join(Value, frozen=True, forbid_unknown_fields=True):
    """An invitation accepted, and the password from now on."""

    code: Code
    password: Password


class NewPassword(Value, frozen=True, forbid_unknown_fields=True):
    """The password from now on; all other sessions end."""

    former: Annotated[str, Meta(min_length=1, max_length=200)]
    password: Password


class NewUser(Value, frozen=True, forbid_unknown_fields=True):
    """Somebody to invite."""

    name: Name
    role: Role


class Invited(Value, frozen=True):
    """An invitation; ``path`` is to be sent to them, behind the address of the service, and is shown once."""

    name: str
    role: Role
    until: str
    path: str


class UserChange(Value, frozen=True, forbid_unknown_fields=True):
    """What is to be otherwise."""

    role: Role | None = None
    active: bool | None = None


class NewToken(Value, frozen=True, forbid_unknown_fields=True):
    """What a token is for, and for how many days."""

    label: Annotated[str, Meta(min_length=1, max_length=100, pattern=NO_NUL)]
    days: Annotated[float, Meta(gt=0, le=3650)] | None = None


class GivenToken(Value, frozen=True):
    """A token, which is shown once."""

    card: TokenCard
    token: str


def door_of(request: Asked) -> TeamDoor:
    """The door; raises :class:`Refused` where the service is for one person."""
    door = request.app.state.door
    if not isinstance(door, TeamDoor):
        raise Refused(details(404, "this service is for one person: start it with --team for users"))
    return door


def _address(request: Asked) -> str:
    client = request.scope.get("client")
    return client[0] if client else ""


def _cookie(request: Asked, session: str) -> dict[str, str]:
    settings: Settings = request.app.state.settings
    return {"Set-Cookie": cookie_header(settings, session)}


@changes("/session", 401, 404, role=PUBLIC, tags=["people"])
async def sign_in(request: Asked, data: JSONBody[SignIn]) -> Response[SignedIn]:
    """Sign in: the answer sets the cookie of a new session."""
    session = await door_of(request).sign_in(data.name, data.password, _address(request))
    user = await desk_of(request).read(lambda ledger: people.user(ledger, data.name))
    return Response(content=SignedIn(name=user.name, role=user.role), headers=_cookie(request, session))


@changes("/invitations/accepted", 404, role=PUBLIC, tags=["people"])
async def join(request: Asked, data: JSONBody[Join]) -> Response[SignedIn]:
    """Accept an invitation and choose a password; the answer sets the cookie of a new session."""
    user, session = await door_of(request).join(data.code, data.password, _address(request))
    return Response(content=SignedIn(name=user.name, role=user.role), headers=_cookie(request, session))


@ends("/sessions", 404, role="reader", tags=["people"])
async def sign_out_everywhere(request: Asked) -> Response[None]:
    """Sign out everywhere; tokens of programs stay."""
    door, name = door_of(request), person_of(request).name
    await desk_of(request).write(lambda ledger: people.sign_out(ledger, name))
    door.forget()
    settings: Settings = request.app.state.settings
    return Response(content=None, headers={"Set-Cookie": cookie_header(settings, "", 0)})


@changes("/me/password", 404, role="reader", tags=["people"])
async def change_password(request: Asked, data: JSONBody[NewPassword]) -> Response[SignedIn]:
    """Another password; all sessions end but the one that the answer opens."""
    door, person = door_of(request), person_of(request)
    if not await door.confirmed(person, data.former):
        raise Refused(details(403, "the former password is wrong", "sign-in"))
    hashed = await door.hashed(data.password)
    await desk_of(request).write(lambda ledger: people.change(ledger, person.name, hashed=hashed))
    door.forget()
    session = await door.open_session(person.name)
    return Response(content=SignedIn(name=person.name, role=person.role), headers=_cookie(request, session))


@reads("/users", 404, role="admin", tags=["people"])
async def users(request: Asked) -> list[User]:
    """All users."""
    door_of(request)
    return await desk_of(request).read(people.users)


def _known(error: ConflictError) -> Refused:
    return Refused(details(409, str(error), "people"))


@changes("/users", 404, role="admin", tags=["people"])
async def invite(request: Asked, data: JSONBody[NewUser]) -> Invited:
    """A new user, and an invitation for them."""
    door_of(request)
    by = person_of(request).name

    def invited(ledger: Ledger) -> Invited:
        with ledger.writing():
            user = people.add(ledger, data.name, data.role)
            asked, code = invitation(ledger, user.name, by)
        return Invited(name=user.name, role=user.role, until=asked.until, path=f"/join#{code}")

    try:
        return await desk_of(request).write(invited)
    except ConflictError as error:
        raise _known(error) from None


@changes("/users/{name:str}/invitations", 404, role="admin", tags=["people"])
async def invite_again(request: Asked, name: FromPath[str]) -> Invited:
    """Another invitation, for a forgotten password, say."""
    door_of(request)
    by = person_of(request).name
    try:
        asked, code = await desk_of(request).write(lambda ledger: invitation(ledger, name, by))
    except ConflictError as error:
        raise _known(error) from None
    return Invited(name=name, role=asked.role, until=asked.until, path=f"/join#{code}")


@changes("/users/{name:str}", 404, role="admin", status=200, tags=["people"])
async def change_user(request: Asked, name: FromPath[str], data: JSONBody[UserChange]) -> User:
    """Another role, or whether a user may come in at all."""
    door = door_of(request)
    try:
        changed = await desk_of(request).write(
            lambda ledger: people.change(ledger, name, role=data.role, active=data.active)
        )
    except ConflictError as error:
        raise _known(error) from None
    door.forget()
    return changed


@ends("/users/{name:str}/sessions", 404, role="admin", tags=["people"])
async def sign_user_out(request: Asked, name: FromPath[str]) -> None:
    """Sign a user out everywhere."""
    door = door_of(request)

    def out(ledger: Ledger) -> None:
        people.sign_out(ledger, people.user(ledger, name).name)

    await desk_of(request).write(out)
    door.forget()


@reads("/tokens", role="reader", tags=["people"])
async def tokens(request: Asked) -> list[TokenCard]:
    """The tokens of whoever asks."""
    name = person_of(request).name
    return await desk_of(request).read(lambda ledger: people.tokens(ledger, name))


@changes("/tokens", role="reader", tags=["people"])
async def make_token(request: Asked, data: JSONBody[NewToken]) -> GivenToken:
    """A token for a program, with the role of whoever asks; it is shown this once."""
    name = person_of(request).name
    card, token = await desk_of(request).write(lambda ledger: new_token(ledger, name, data.label, data.days))
    return GivenToken(card=card, token=token)


@ends("/tokens/{token:str}", 404, role="reader", tags=["people"])
async def end_token(request: Asked, token: FromPath[str]) -> None:
    """End a token of one's own."""
    name = person_of(request).name
    await desk_of(request).write(lambda ledger: people.end_token(ledger, token, name))
    door: Door = request.app.state.door
    door.forget()


ROUTES = [
    sign_in, join, sign_out_everywhere, change_password, users, invite, invite_again, change_user, sign_user_out,
    tokens, make_token, end_token,
]  # fmt: skip

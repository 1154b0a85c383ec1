"""The service for a team: who may do what, for every address and every role; signing in, inviting, ending."""

from __future__ import annotations

import re

import pytest

from frontledger.ledger import people
from frontledger.ledger.storage import Ledger
from frontledger.web.app import Service, handlers
from frontledger.web.persons import PUBLIC, RANK, role_of
from frontledger.web.settings import Settings
from frontledger.web.team import invitation, new_token

from .running import Guest, house

PASSWORD = "a long way round"  # noqa: S105 - of the tests alone


def prepare(where):
    """An invited admin; the code of the invitation."""
    with Ledger.open(where) as ledger:
        people.add(ledger, "Ann", "admin")
        return invitation(ledger, "Ann", "test")[1]


@pytest.fixture
def team(path):
    code = prepare(path)
    with house(path, team=True) as running:
        running.code = code
        yield running


def join(running, code):
    guest = Guest(running.port)
    came = guest.post("/api/v1/invitations/accepted", {"code": code, "password": PASSWORD}, Origin=guest.base)
    assert came.status == 201, came
    return Guest(running.port, {"Cookie": came.headers["set-cookie"].partition(";")[0], "Origin": guest.base})


def sign_in(running, name, password=PASSWORD, **headers):
    guest = Guest(running.port)
    return guest.post("/api/v1/session", {"name": name, "password": password}, Origin=guest.base, **headers)


def member(running, admin, name, role):
    made = admin.post("/api/v1/users", {"name": name, "role": role})
    assert made.status == 201, made
    return join(running, made.json()["path"].partition("#")[2])


def every_address():
    made = Service(Settings(ledger="none.gpkg"))
    for route, handler in handlers(made.litestar):
        for method in sorted(handler.http_methods):
            yield method, route, role_of(handler)


ADDRESSES = sorted(set(every_address()))


def test_every_address_declares_a_role():
    assert len(ADDRESSES) > 50
    assert {role for _, _, role in ADDRESSES} == {PUBLIC, *RANK}
    public = {(method, route) for method, route, role in ADDRESSES if role == PUBLIC}
    assert public == {
        ("GET", "/"), ("GET", "/join"), ("GET", "/enter"), ("GET", "/health"), ("GET", "/assets/{name:str}"),
        ("GET", "/api/v1/openapi.json"), ("POST", "/api/v1/session"), ("POST", "/api/v1/invitations/accepted"),
    }  # fmt: skip
    changing = {role for method, _, role in ADDRESSES if method not in ("GET", "DELETE")}
    assert changing <= {PUBLIC, "reader", "reviewer", "editor", "admin"}
    reading = {(method, route) for method, route, role in ADDRESSES if role == "reader" and method == "POST"}
    assert reading == {("POST", "/api/v1/tokens"), ("POST", "/api/v1/me/password")}  # about oneself alone


def test_every_role_at_every_address(team):
    """Whoever may not is told so, whatever the body; whoever may gets an answer about the request itself."""
    admin = join(team, team.code)
    asking = {None: team.stranger(), "admin": admin}
    for role in ("reader", "reviewer", "editor"):
        asking[role] = member(team, admin, role.title(), role)
    ending = ("/api/v1/session", "/api/v1/sessions")
    wrong = []
    for role, guest in asking.items():
        for method, route, wanted in ADDRESSES:
            if route == "/api/v1/changes" and RANK.get(role, 0) >= RANK["reader"]:
                continue  # a stream: it has tests of its own
            if (method, route) in [("DELETE", one) for one in ending] and role is not None:
                continue
            path = re.sub(r"\{\w+:int\}", "7", re.sub(r"\{\w+:str\}", "none", route))
            answer = guest.ask(
                method, path, b"" if method == "POST" else None, {"Content-Type": "application/json"}
            )
            if wanted != PUBLIC and role is None:
                right = answer.status == 401
            elif wanted != PUBLIC and RANK[role] < RANK[wanted]:
                right = answer.status == 403 and answer.json()["type"] == "/problems/role"
            else:
                right = answer.status not in (401, 500) and (answer.status != 403 or route == "/enter")
            if not right:
                wrong.append((role, method, route, wanted, answer.status))
    assert wrong == []


def test_roles_in_either_backend(where):
    code = prepare(where)
    with house(where, team=True) as running:
        admin = join(running, code)
        ben = member(running, admin, "Ben", "reviewer")
        eve = member(running, admin, "Eve", "reader")
        address = "/api/v1/events/first:e1/verdicts"
        assert eve.post(address, {"verdict": "accept"}).status == 403
        done = ben.post(address, {"verdict": "accept"})
        assert (done.status, done.json()["review"]["by"]) == (201, "Ben")
        late = admin.post(address, {"verdict": "reject", "why": "no"})
        assert (late.status, late.json()["verdicts"][0]["by"]) == (409, "Ben")
        assert ben.post("/api/v1/accounts", {"name": "x", "text": "x"}).status == 403
        assert admin.post("/api/v1/users/Ben", {"role": "reader"}).json()["role"] == "reader"
        assert ben.post(address, {"verdict": "undo"}).status == 403
        assert admin.post("/api/v1/users/Ann", {"role": "reader"}).status == 409


def test_signing_in_opens_a_session_of_its_own(team):
    join(team, team.code)
    brought = "x" * 43
    came = sign_in(team, "Ann", Cookie=f"frontledger-{team.port}={brought}")
    assert came.status == 201
    cookie = came.headers["set-cookie"]
    assert brought not in cookie
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
    ann = Guest(team.port, {"Cookie": cookie.partition(";")[0]})
    assert ann.get("/api/v1/me").json()["name"] == "Ann"
    assert Guest(team.port, {"Cookie": f"frontledger-{team.port}={brought}"}).get("/api/v1/me").status == 401


def test_a_wrong_name_and_a_wrong_password_are_told_alike(team):
    join(team, team.code)
    said = [
        sign_in(team, *pair).json() for pair in (("Ann", "wrong, all of it"), ("Nobody", "wrong, all of it"))
    ]
    for one in said:
        one.pop("instance")
    assert said[0] == said[1]
    assert said[0]["status"] == 401


def test_guessing_takes_longer_and_longer(team):
    join(team, team.code)
    statuses = [sign_in(team, "Ann", f"guess number {n}").status for n in range(8)]
    assert statuses[:5] == [401] * 5
    assert 429 in statuses
    blocked = sign_in(team, "Ann")  # the right one, too soon
    if blocked.status == 429:
        assert int(blocked.headers["retry-after"]) >= 1


def test_an_invitation_opens_once_and_only_with_its_code(team):
    guest = team.stranger()
    for code in ("", "wrong", team.code[:-1]):
        answer = guest.post("/api/v1/invitations/accepted", {"code": code, "password": PASSWORD})
        assert answer.status in (400, 403)
    assert guest.post("/api/v1/invitations/accepted", {"code": team.code, "password": "short"}).status == 400
    join(team, team.code)
    assert guest.post("/api/v1/invitations/accepted", {"code": team.code, "password": PASSWORD}).status == 403


def test_signing_out_here_and_everywhere(team):
    first = join(team, team.code)
    came = sign_in(team, "Ann")
    second = Guest(team.port, {"Cookie": came.headers["set-cookie"].partition(";")[0], "Origin": first.base})
    assert second.ask("DELETE", "/api/v1/session").status == 204
    assert second.get("/api/v1/me").status == 401
    assert first.get("/api/v1/me").status == 200
    third = Guest(
        team.port,
        {"Cookie": sign_in(team, "Ann").headers["set-cookie"].partition(";")[0], "Origin": first.base},
    )
    assert third.ask("DELETE", "/api/v1/sessions").status == 204
    assert first.get("/api/v1/me").status == third.get("/api/v1/me").status == 401


def test_another_password_ends_all_other_sessions(team):
    ann = join(team, team.code)
    other = Guest(team.port, {"Cookie": sign_in(team, "Ann").headers["set-cookie"].partition(";")[0]})
    change = {"former": "not this one", "password": "another long way"}
    assert ann.post("/api/v1/me/password", change).status == 403
    changed = ann.post("/api/v1/me/password", {**change, "former": PASSWORD})
    assert changed.status == 201
    assert other.get("/api/v1/me").status == ann.get("/api/v1/me").status == 401
    assert (
        Guest(team.port, {"Cookie": changed.headers["set-cookie"].partition(";")[0]}).get("/api/v1/me").status
        == 200
    )
    assert sign_in(team, "Ann").status == 401
    assert sign_in(team, "Ann", "another long way").status == 201


def test_a_disabled_user_is_out_at_once(team):
    admin = join(team, team.code)
    ben = member(team, admin, "Ben", "editor")
    token = ben.post("/api/v1/tokens", {"label": "qgis"}).json()["token"]
    program = Guest(team.port, {"Authorization": f"Bearer {token}"})
    assert program.get("/api/v1/me").json()["role"] == "editor"
    assert admin.post("/api/v1/users/Ben", {"active": False}).status == 200
    assert ben.get("/api/v1/me").status == program.get("/api/v1/me").status == 401
    assert sign_in(team, "Ben").status == 401
    assert admin.post("/api/v1/users/Ann", {"active": False}).status == 409


def test_tokens_of_programs(team, path):
    ann = join(team, team.code)
    made = ann.post("/api/v1/tokens", {"label": "script", "days": 1}).json()
    program = Guest(team.port, {"Authorization": f"Bearer {made['token']}"})
    assert (
        program.post("/api/v1/events/first:e1/verdicts", {"verdict": "accept"}).status == 201
    )  # no Origin needed
    from base64 import b64encode

    basic = b64encode(f"anything:{made['token']}".encode()).decode()
    assert Guest(team.port, {"Authorization": f"Basic {basic}"}).get("/ogc/").status == 200
    for wrong in (
        "Bearer ",
        f"Bearer {made['token'][:-1]}",
        "Basic ???",
        f"Digest {made['token']}",
        "Bearer flt_\xff",
    ):
        assert Guest(team.port, {"Authorization": wrong}).get("/api/v1/me").status == 401, wrong
    listed = ann.get("/api/v1/tokens")
    assert made["token"] not in listed.body.decode()
    assert ann.ask("DELETE", f"/api/v1/tokens/{made['card']['id']}").status == 204
    assert program.get("/api/v1/me").status == 401
    with Ledger.open(path) as ledger:
        tables = ("service_tokens", "service_sessions", "service_users", "service_invitations")
        kept = str([ledger._store.rows(f"SELECT * FROM {table}") for table in tables])  # noqa: S608 - our own names
        _, other = new_token(ledger, "Ann", "from the command line", None)
    for secret in (made["token"], ann.headers["Cookie"].partition("=")[2], PASSWORD, team.code):
        assert secret not in kept
    assert Guest(team.port, {"Authorization": f"Bearer {other}"}).get("/api/v1/me").status == 200


def test_what_one_user_was_answered_is_not_kept_for_another(team):
    admin = join(team, team.code)
    for address in (
        "/api/v1/me",
        "/api/v1/events",
        "/api/v1/tokens",
        "/api/v1/map",
        "/api/v1/users",
        "/ogc/",
    ):
        answer = admin.get(address)
        assert answer.headers["cache-control"] == "no-store", address
        assert "Cookie" in answer.headers["vary"]
        assert team.stranger().get(address, If_None_Match=answer.headers.get("etag", '"1"')).status == 401, (
            address
        )
    ben = member(team, admin, "Ben", "reader")
    assert ben.get("/api/v1/me").json()["name"] == "Ben"
    assert ben.get("/api/v1/tokens").json() == []


def test_for_one_person_there_are_no_users(alone):
    ann = alone.enter()
    assert ann.get("/api/v1/users").status == 404
    assert ann.post("/api/v1/session", {"name": "Ann", "password": PASSWORD}).status == 404
    made = ann.post("/api/v1/tokens", {"label": "script"}).json()
    program = Guest(alone.port, {"Authorization": f"Bearer {made['token']}"})
    assert program.get("/api/v1/me").json()["name"] == "Ann"

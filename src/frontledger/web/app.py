"""The service put together: addresses, gate, door, desk.

What belongs here: composing.  What does not: any address, or the sockets it listens at (``server``).
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from litestar import Litestar, Router
from litestar.config.app import AppConfig
from litestar.datastructures import State
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme
from msgspec.structs import replace

import frontledger
from frontledger.ledger.storage import is_address
from frontledger.web import (
    routes_control,
    routes_files,
    routes_house,
    routes_live,
    routes_ogc,
    routes_record,
    routes_review,
    routes_team,
    routes_upload,
)
from frontledger.web.desk import Desk
from frontledger.web.doors import AloneDoor, Door
from frontledger.web.gate import App, Gate
from frontledger.web.maps import Maps
from frontledger.web.measures import Measures
from frontledger.web.persons import PUBLIC, RANK, allowed, role_of
from frontledger.web.problems import HANDLERS
from frontledger.web.readings import Readings
from frontledger.web.settings import Settings
from frontledger.web.team import TeamDoor

__all__ = ["Service", "service"]

API = "/api/v1"


class Service:
    """A service: ``app`` answers requests, the rest is for whoever runs it."""

    def __init__(self, settings: Settings) -> None:
        if not is_address(settings.ledger):  # uploads are read by processes that work in folders of their own
            settings = replace(settings, ledger=str(Path(settings.ledger).absolute()))
        self.settings = settings
        self.desk = Desk(settings.ledger, poll_seconds=settings.poll_seconds)
        self.maps = Maps(self.desk)
        self.readings: Readings | None = None
        self.measures = Measures()
        self.door: Door = TeamDoor(settings, self.desk) if settings.team else AloneDoor(settings, self.desk)
        self.litestar = _litestar(self)
        self.app: App = Gate(self.litestar, settings, self.door, self.measures)  # type: ignore[arg-type]

    @asynccontextmanager
    async def lifespan(self, app: Litestar) -> AsyncIterator[None]:
        """Everything that runs beside requests."""
        await self.desk.start()
        await self.maps.start()
        self.readings = app.state.readings = Readings(self.desk, self.settings.reading_seconds)
        try:
            yield
        finally:
            self.desk.hub.close()
            await self.readings.stop()
            await self.maps.stop()
            await self.desk.stop()
            if isinstance(self.door, TeamDoor):
                self.door.close()


def service(settings: Settings) -> Service:
    """A service with these settings, not yet running."""
    return Service(settings)


def _litestar(made: Service) -> Litestar:
    api = Router(
        path=API,
        route_handlers=[
            *routes_record.ROUTES, *routes_control.ROUTES, *routes_review.ROUTES, *routes_upload.ROUTES,
            *routes_live.ROUTES, *routes_files.ROUTES, *routes_house.API_ROUTES, *routes_team.ROUTES,
        ],
    )  # fmt: skip
    app = Litestar(
        route_handlers=[api, Router(path="/ogc", route_handlers=routes_ogc.ROUTES), *routes_house.ROUTES],
        guards=[allowed],
        exception_handlers=HANDLERS,
        lifespan=[made.lifespan],
        state=State({
            "desk": made.desk, "maps": made.maps, "measures": made.measures, "door": made.door,
            "settings": made.settings, "page": routes_files.Page(),
        }),
        openapi_config=OpenAPIConfig(
            title="frontledger", version=frontledger.__version__, render_plugins=[],
            description="Who held which place, when, and on whose word: a ledger, reviewed together.",
            use_handler_docstrings=True,
            openapi_router=_Nowhere(path=f"{API}/description", route_handlers=[]),
            security=[{"cookie": []}, {"token": []}],
            components=Components(security_schemes={
                "token": SecurityScheme(type="http", scheme="bearer"),
                "cookie": SecurityScheme(type="apiKey", name="frontledger", security_scheme_in="cookie"),
            }),
        ),
        request_max_body_size=None,  # the gate counts
        logging_config=None,
        on_app_init=[_plain],
    )  # fmt: skip
    for route, handler in handlers(app):
        if role_of(handler) not in {PUBLIC, *RANK}:
            raise RuntimeError(f"{route} declares no role")
    return app


def _plain(config: AppConfig) -> AppConfig:
    """No debugging, whatever the environment says: it would show code and texts."""
    config.debug = False
    return config


class _Nowhere(Router):
    """Takes none of Litestar's own pages about the API in: they would load scripts from elsewhere."""

    def register(self, value: Any) -> list[Any]:
        """Leave it out."""
        del value
        return []


def handlers(app: Litestar) -> list[tuple[str, Any]]:
    """Every address with its handler, those that answer ``OPTIONS`` apart."""
    return [
        (route.path, handler)
        for route in app.routes
        for handler in getattr(route, "route_handlers", ())
        if handler.handler_name != "options_handler"
    ]

"""HTTP for python-telegram-bot over one aiohttp session: its own httpx slows down beyond some 20 calls in flight.

Knows the form of a call, not what it says. What it raises holds no address: the token is part of every one.
"""

import json
from collections.abc import Mapping
from http import HTTPStatus

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import JSONDict, ODVInput
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.telegram.errors import FileTooLargeError

READ_TIMEOUT_S = 20.0
"""Telegram answers in well under a second, and in some while it is moving its data about."""
WRITE_TIMEOUT_S = 20.0
UPLOAD_TIMEOUT_S = 120.0
"""A 50 MB export, the most a bot may send, over a slow line."""
CONNECT_TIMEOUT_S = 10.0
POOL_TIMEOUT_S = 10.0
KEEP_ALIVE_S = 60.0
CHUNK_BYTES = 64 * 1024


class TooManyRequestsError(TelegramError):
    """Telegram's flood control: do not call again before `after_s` seconds.

    In the place of PTB's RetryAfter, whose only way to the number warns that it is deprecated.
    """

    __slots__ = ("after_s",)

    def __init__(self, after_s: float) -> None:
        super().__init__(f"Flood control: retry after {after_s:.0f} s")
        self.after_s = after_s


class AiohttpRequest(BaseRequest):
    """One session with keep-alive, and at most `connections` connections at a time."""

    __slots__ = ("_connections", "_session")

    def __init__(self, connections: int = 64) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """The seconds that an answer may take, where a call does not say."""
        return READ_TIMEOUT_S

    async def initialize(self) -> None:
        """Open the session; again is fine."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=KEEP_ALIVE_S)
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                trust_env=True,  # a council's network may have a proxy, named by HTTPS_PROXY
            )

    async def shutdown(self) -> None:
        """Close the session; again is fine."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Carry out one call and return its status and body.

        Raises TimedOut, NetworkError or TooManyRequestsError.
        """
        uploads = request_data is not None and request_data.contains_files
        timeout = _timeout(
            read=_chosen(read_timeout, READ_TIMEOUT_S),
            write=_chosen(write_timeout, UPLOAD_TIMEOUT_S if uploads else WRITE_TIMEOUT_S),
            connect=_chosen(connect_timeout, CONNECT_TIMEOUT_S),
            pool=_chosen(pool_timeout, POOL_TIMEOUT_S),
            uploads=uploads,
        )
        status, body = await self._call(url, method, _form(request_data), timeout)
        if (after_s := _retry_after(status, body)) is not None:
            raise TooManyRequestsError(after_s)
        return status, body

    async def _call(
        self, url: str, method: str, form: aiohttp.FormData | None, limits: aiohttp.ClientTimeout
    ) -> tuple[int, bytes]:
        try:
            async with self._open.request(method, url, data=form, timeout=limits, allow_redirects=False) as answer:
                return answer.status, await answer.read()
        except (TimeoutError, aiohttp.ClientError) as error:
            raise _ours(error) from None  # its text may hold the address, and so the token

    async def download(self, url: str, most_bytes: int) -> bytes:
        """Return the content behind the address. Raises FileTooLargeError while reading, or as `do_request` does."""
        timeout = _timeout(READ_TIMEOUT_S, UPLOAD_TIMEOUT_S, CONNECT_TIMEOUT_S, POOL_TIMEOUT_S, uploads=False)
        try:
            async with self._open.get(url, timeout=timeout, allow_redirects=False) as answer:
                if answer.status != HTTPStatus.OK:
                    raise NetworkError(f"File not served: status {answer.status}")
                return await _read(answer.content, most_bytes)
        except (TimeoutError, aiohttp.ClientError) as error:
            raise _ours(error) from None  # as above

    @staticmethod
    def parse_json_payload(payload: bytes) -> JSONDict:
        """Return the answer as a mapping. Raises TelegramError; PTB's own would write the body to the log."""
        answer = _mapping(payload)
        if answer is None:
            raise TelegramError("Invalid server response")
        return answer

    @property
    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("This request is not initialized: use `async with`, or call initialize() first")
        return self._session


async def _read(content: aiohttp.StreamReader, most_bytes: int) -> bytes:
    read = bytearray()
    async for chunk in content.iter_chunked(CHUNK_BYTES):
        read += chunk
        if len(read) > most_bytes:
            raise FileTooLargeError(most_bytes)
    return bytes(read)


def _timeout(
    read: float | None, write: float | None, connect: float | None, pool: float | None, *, uploads: bool
) -> aiohttp.ClientTimeout:
    """Return aiohttp's form of the four. It has none for writing, and waits for the answer while it still sends."""
    parts = (read, write, connect, pool)
    total = None if None in parts else sum(part for part in parts if part is not None)
    sock_read = total if uploads else read
    connection = None if connect is None or pool is None else connect + pool
    return aiohttp.ClientTimeout(total=total, connect=connection, sock_connect=connect, sock_read=sock_read)


def _chosen(given: ODVInput[float], default: float) -> float | None:
    return default if isinstance(given, DefaultValue) else given


def _form(request_data: RequestData | None) -> aiohttp.FormData | None:
    if request_data is None:
        return None
    form = aiohttp.FormData()
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    if request_data.contains_files:
        for name, (filename, content, kind) in request_data.multipart_data.items():
            form.add_field(name, content, filename=filename, content_type=kind)
    return form


def _retry_after(status: int, body: bytes) -> float | None:
    if status != HTTPStatus.TOO_MANY_REQUESTS:
        return None
    parameters = (_mapping(body) or {}).get("parameters")
    seconds = parameters.get("retry_after") if isinstance(parameters, Mapping) else None
    return float(seconds) if isinstance(seconds, int | float) else 1.0


def _mapping(payload: bytes) -> JSONDict | None:
    try:
        answer = json.loads(payload.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


def _ours(error: Exception) -> NetworkError:
    if isinstance(error, TimeoutError):
        return TimedOut()
    return NetworkError(f"Connection failed: {type(error).__name__}")

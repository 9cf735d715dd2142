"""Wires the program together. Nothing else does, and nothing is opened when a module is imported."""

import asyncio
import logging
import secrets
import shutil
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from pydantic import SecretStr
from telegram import BotCommand
from telegram.error import TelegramError as BotApiError

from bot import desk, library
from bot.chores import Chores, TooLargeError, UnfetchedError
from bot.commands import listed
from bot.deployment import Deployment
from bot.deployment_file import DeploymentError, load_deployment
from bot.encoding import check_encoder_of, encoder_of
from bot.exporting import export_to
from bot.incoming import Delivery, Words
from bot.looking import SecondLook
from bot.retaining import redactor
from bot.settings import Settings, SettingsError
from bot.tagging import TaggingWorker
from bot.telegram.client import Client, connected, make_client, quieten
from bot.telegram.errors import FileTooLargeError, place
from bot.telegram.files import fetch
from bot.telegram.pacing import Pacing
from bot.telegram.polling import Poller
from bot.telegram.sender import OutboxSender
from bot.telegram.webhook import Webhook, serve_webhook
from bot.visit import House
from nlp.codebook import to_json
from nlp.encoder import UseEncoder
from nlp.screening import Screener, screen
from storage import codebooks, heartbeat, members, scripts
from storage.database import Database, Transaction
from storage.errors import FATAL, ExportError, UnusableError
from storage.sealing import read_key

NO_LEAD = (
    "No lead has joined, so nobody would be told when a message sounds serious: the bot does not go live like this.\n"
    "Write 'pilot: yes' in the deployment file, start the bot, and run: tuckshop invite lead\n"
    "When the lead has opened that link, write 'pilot: no', and start the bot again."
)

log = logging.getLogger(__name__)


def now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)


def deployment_of(settings: Settings) -> Deployment:
    """Return the deployment that the settings name; without a file of that kind the shipped example, a test run.

    Raises SettingsError.
    """
    if "deployment" not in settings.model_fields_set and not settings.deployment.exists():
        return library.shipped_deployment()
    try:
        return load_deployment(settings.deployment)
    except DeploymentError as error:
        raise SettingsError(str(error)) from error


def make_house(settings: Settings, deployment: Deployment) -> House:
    """Return what holds for every visit."""
    return House(
        deployment=deployment,
        upload_bytes=settings.upload_bytes,
        screen=screen,
        new_id=partial(secrets.token_hex, 8),
    )


@asynccontextmanager
async def opened(path: Path, key_file: Path | None = None, *, create: bool = True) -> AsyncIterator[Database]:
    """Open the database, with the shipped question sets and codebook in it if it is new. Raises StorageError.

    Where there is a file with a key, the database is sealed with it.

    Without `create` a file that is missing is an error: whoever only looks would find an empty one elsewhere.
    """
    if not create:
        _must_exist(path)
    database = await Database.open(path, None if key_file is None else read_key(key_file))
    try:
        await database.write(stock)
        yield database
    finally:
        await database.close()


def _must_exist(path: Path) -> None:
    if not path.exists():
        raise UnusableError(f"{path}: there is no database. Set TUCKSHOP_DATABASE to the file that the bot serves.")


def stock(tx: Transaction) -> None:
    """Make the shipped question sets live where nothing ever was, and likewise the codebook."""
    at = now()
    if not scripts.has_releases(tx):
        for script, source in library.shipped_sets():
            scripts.release(tx, scripts.store(tx, script, source, None, at), None, at)
    if codebooks.active(tx) is None:
        codebook = library.shipped_codebook()
        codebooks.store(tx, codebook.id, codebook.version, to_json(codebook), at)
        codebooks.activate(tx, codebook.version, at)


def make_worker(database: Database, settings: Settings, region: str) -> TaggingWorker:
    """Return the worker that tags; phone numbers without a country code are taken for that region's.

    Raises SettingsError where the encoder of the settings is not here.
    """
    check_encoder_of(settings)
    return TaggingWorker(database, partial(encoder_of, settings), region, precision=settings.accept_precision)


async def serve(settings: Settings, ready: Callable[[str, Deployment, bool], None]) -> None:
    """Run the bot until it is told to stop (SIGTERM, Ctrl-C). Unless it is a pilot, a lead has to have joined before.

    `ready` is called when Telegram was reached and the database opened, just before it begins to take updates; with
    the bot's name, the deployment and whether there is a lead to be told of alerts.

    Raises SettingsError, StorageError and TelegramError, singly or as a group.
    """
    if settings.telegram_token is None:
        raise SettingsError("TUCKSHOP_TELEGRAM_TOKEN is not set. @BotFather gives you one: send it /newbot.")
    if settings.webhook_url is not None and settings.webhook_secret is None:
        raise SettingsError("TUCKSHOP_WEBHOOK_SECRET is not set, and TUCKSHOP_WEBHOOK_URL needs it.")
    deployment = deployment_of(settings)
    check_encoder_of(settings)
    quieten()  # first of all: at DEBUG, PTB logs the address of its client, with the token, when it is made
    client = make_client(settings.telegram_token, settings.telegram_api)
    async with opened(settings.database, settings.key_file) as database:
        has_lead = bool(await database.read(lambda tx: members.members(tx, "lead")))
        if not has_lead and not deployment.pilot:
            raise SettingsError(NO_LEAD)
        async with connected(client, deaf_after_s=settings.deaf_after_seconds) as username:
            with _folder_for_exports(settings.database) as exports:
                house = make_house(settings, deployment)
                running = asyncio.ensure_future(_run(settings, house, database, client, username, Path(exports)))
                await _until_stopped(running, partial(ready, username, deployment, has_lead))


def _folder_for_exports(database: Path) -> TemporaryDirectory[str]:
    """Return a folder beside the database for exports on their way, without those that a crash left there."""
    prefix = f".{database.name}-exports-"
    for left in database.parent.glob(f"{prefix}*"):
        shutil.rmtree(left, ignore_errors=True)
    return TemporaryDirectory(prefix=prefix, dir=database.parent)


async def _until_stopped(running: asyncio.Future[None], ready: Callable[[], None]) -> None:
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, running.cancel)
    ready()
    try:
        await running
    except asyncio.CancelledError:
        log.info("Stopped")


async def _run(
    settings: Settings, house: House, database: Database, client: Client, username: str, exports: Path
) -> None:
    wake, worker = asyncio.Event(), make_worker(database, settings, house.deployment.region)
    look = SecondLook(database, house, wake, partial(_second_eyes, settings))

    async def handle(delivery: Delivery) -> str | None:
        delivery = await look.before(delivery)
        if isinstance(delivery.incoming, Words):
            await sender.settled(delivery.sender.address)
        at = now()
        notice = await database.write(lambda tx: desk.answer(tx, house, delivery, at))
        worker.wake.set()
        wake.set()
        return notice

    async def beat(name: str, at: datetime) -> None:
        await database.write(lambda tx: heartbeat.beat(tx, name, at))

    sender = OutboxSender(
        client,
        database,
        wake,
        partial(_make_export, database, exports, house.deployment),
        pacing=Pacing(settings.messages_per_second),
        beat=partial(beat, "sender"),
    )
    chores = Chores(database, house, wake, partial(_fetch, client), redactor(house.deployment.region))
    async with asyncio.TaskGroup() as group:
        group.create_task(sender.run())
        group.create_task(worker.run())
        group.create_task(look.run())
        group.create_task(chores.run())
        group.create_task(_introduce(client, house.languages))
        if settings.webhook_url is None or settings.webhook_secret is None:
            poller = Poller(
                client,
                handle,
                wake,
                username=username,
                fatal=FATAL,  # ends before any update is acknowledged, and is started again
                deaf_after_s=settings.deaf_after_seconds,
                beat=partial(beat, "poller"),
            )
            group.create_task(poller.run())
        else:
            webhook = Webhook(client, handle, wake, settings.webhook_secret, username=username, fatal=FATAL)
            group.create_task(_listen(settings, webhook, client, settings.webhook_url, settings.webhook_secret))


def _second_eyes(settings: Settings) -> Callable[[str, str], tuple[str, ...]]:
    """Return what looks at words with phrases and vectors. The encoder reads its weights with the first words: here.

    It is this one whatever encoder tags: the second look was fitted with it.
    """
    flags = Screener(UseEncoder(settings.encoder_threads)).flags
    flags("two words", "en")
    return flags


async def _listen(settings: Settings, webhook: Webhook, client: Client, url: str, secret: SecretStr) -> None:
    host, port = settings.webhook_host, settings.webhook_port
    await serve_webhook(webhook, client, secret, public_url=url, host=host, port=port)


async def _fetch(client: Client, file_id: str, most_bytes: int) -> bytes:
    try:
        return await fetch(client, file_id, most_bytes)
    except FileTooLargeError:
        raise TooLargeError from None
    except BotApiError as error:
        raise UnfetchedError(place(error)) from None


async def _make_export(database: Database, folder: Path, deployment: Deployment, filename: str) -> Path:
    """Write the export into a folder of its own in the temporary one; whoever sends it deletes it.

    Raises ExportError, without that folder's name: it is for whoever asked.
    """
    path = Path(mkdtemp(dir=folder)) / filename
    try:
        await export_to(database, path, deployment.smallest_group, pilot=deployment.pilot)
    except ExportError as error:
        raise ExportError(str(error).replace(str(path), filename)) from error
    return path


async def bot_name(settings: Settings) -> str | None:
    """Return the bot's username, None without a token or where Telegram cannot be reached."""
    if settings.telegram_token is None:
        return None
    client = make_client(settings.telegram_token, settings.telegram_api)
    try:
        await client.initialize()
    except BotApiError:
        return None
    else:
        return client.username
    finally:
        await client.shutdown()


async def _introduce(client: Client, languages: Sequence[str]) -> None:
    """Tell Telegram which commands there are, in each language; the bot works without."""
    try:
        for language, commands in listed(languages).items():
            described = [BotCommand(name, text) for name, text in commands.items()]
            await client.set_my_commands(described, language_code=None if language == "en" else language)
    except BotApiError as error:
        log.warning("The list of commands could not be set: %s", place(error))

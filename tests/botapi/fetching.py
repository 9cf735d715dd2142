"""The methods by which a bot gets updates and files: polling, the address of its webhook, and downloads."""

import re
from urllib.parse import urlsplit

from tests.botapi.account import Account, Hook
from tests.botapi.params import Params
from tests.botapi.refusal import Refused, bad_request
from tests.botapi.world import Json

MOST_DOWNLOAD_BYTES = 20 * 1024 * 1024
HOOK_PORTS = frozenset({443, 80, 88, 8443})
LOOPBACK = frozenset({"127.0.0.1", "localhost"})
_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")


async def get_updates(account: Account, params: Params) -> object:
    """Return the next updates; asking from an offset acknowledges those before it."""
    if account.hook.url:
        raise Refused(
            409, "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    account.updates.allow(params.json("allowed_updates"))
    offset, limit = params.integer("offset"), params.integer("limit", 100)
    updates = await account.updates.poll(offset, limit, params.integer("timeout"))
    return [update.as_json() for update in updates]


def set_webhook(account: Account, params: Params) -> object:
    """Have updates delivered to an address from now on; to an empty one: not any more."""
    if not params.text("url"):
        return delete_webhook(account, params)
    _check_address(params.text("url"))
    if not _SECRET.fullmatch(params.text("secret_token")):
        raise bad_request("secret token contains unallowed characters")
    _drop_if_asked(account, params)
    account.updates.allow(params.json("allowed_updates"))
    most = min(max(params.integer("max_connections", 40), 1), 100)
    account.hook = Hook(params.text("url"), params.text("secret_token"), most, account.hook.set_count + 1)
    account.updates.take_over("setWebhook request")
    return True


def _check_address(url: str) -> None:
    """Refuse what Telegram does; plain HTTP to any port of this machine is let through, for tests."""
    address = urlsplit(url)
    if address.hostname in LOOPBACK:
        return
    if address.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (address.port or 443) not in HOOK_PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def delete_webhook(account: Account, params: Params) -> object:
    """Go back to polling."""
    _drop_if_asked(account, params)
    account.hook = Hook(set_count=account.hook.set_count)
    account.updates.changed.send()
    return True


def _drop_if_asked(account: Account, params: Params) -> None:
    if params.flag("drop_pending_updates"):
        account.updates.drop()


def get_webhook_info(account: Account, _: Params) -> object:
    """Return where updates go, how many wait and what last went wrong."""
    hook = account.hook
    value: Json = {"url": hook.url, "has_custom_certificate": False, "pending_update_count": len(account.updates)}
    value |= {"max_connections": hook.most_at_once} if hook.url else {}
    problem: Json = {"last_error_date": int(hook.last_error_at), "last_error_message": hook.last_error}
    return value | (problem if hook.last_error else {})


def get_file(account: Account, params: Params) -> object:
    """Return where a file can be downloaded."""
    stored = account.world.files.get(params.text("file_id"))
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(stored.content) > MOST_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return stored.as_json() | {"file_path": stored.path}

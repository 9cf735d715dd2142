"""Fetching a file that somebody sent."""

from telegram import Bot
from telegram.error import BadRequest

from bot.telegram.errors import FileTooLargeError
from bot.telegram.transport import AiohttpRequest


async def fetch(bot: Bot, file_id: str, most_bytes: int) -> bytes:
    """Return a file's content.

    Raises FileTooLargeError, also where the file turns out larger than announced, and telegram.error.TelegramError.
    """
    request = bot.request
    if not isinstance(request, AiohttpRequest):
        raise TypeError("fetch() needs a bot over AiohttpRequest: another one reads a file whole, however large")
    try:
        file = await bot.get_file(file_id)
    except BadRequest as error:
        if "too big" in error.message.lower():  # over 20 MB, the most that a bot may fetch
            raise FileTooLargeError(most_bytes) from None
        raise
    if (file.file_size or 0) > most_bytes:
        raise FileTooLargeError(most_bytes)
    return await request.download(file.file_path or "", most_bytes)

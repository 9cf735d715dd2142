"""A bot with three questions, as a process of its own: what the simulated people are tried on.

Usage: python toy_bot.py API TOKEN STATE_FILE. It keeps its state in a file, so that it can be killed. Every update is
handled alone; an answer is stored before it is acknowledged.
"""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import aiohttp

QUESTIONS = (
    ("How do you get to school?", ("Bus", "On foot")),
    ("What would help?", ()),
    ("May we ask again?", ("Yes", "No")),
)
END = "Thank you. Open the menu with /menu."

Json = dict[str, Any]  # whatever Telegram sends


class ToyBot:
    """Polls, and asks each person the questions in order."""

    def __init__(self, session: aiohttp.ClientSession, url: str, state: Path) -> None:
        self._session, self._url, self._path = session, url, state
        self._state: dict[str, Json] = json.loads(state.read_text()) if state.exists() else {}

    async def run(self) -> None:
        """Poll until killed."""
        offset = 0
        while True:
            for update in await self._call("getUpdates", offset=offset, timeout=20) or []:
                await self._on_update(update)
                offset = update["update_id"] + 1

    async def _call(self, method: str, **params: object) -> Any:  # noqa: ANN401 - whatever Telegram answers
        """Call until it is carried out or refused."""
        while True:
            try:
                async with self._session.post(f"{self._url}/{method}", json=params) as answer:
                    if answer.status < 429:
                        return (await answer.json()).get("result")
            except aiohttp.ClientError:
                continue

    async def _on_update(self, update: Json) -> None:
        if query := update.get("callback_query"):
            await self._on_tap(query, update["update_id"])
        elif message := update.get("message"):
            person = self._state.setdefault(str(message["chat"]["id"]), {"at": -1, "seen": 0, "answers": []})
            if person["seen"] < update["update_id"]:
                self._on_words(person, message.get("text", ""))
                self._save(person, update["update_id"])
            if person["seen"] == update["update_id"]:  # handled now, or before a kill that may have come before asking
                await self._ask(message["chat"]["id"], person)

    def _on_words(self, person: Json, text: str) -> None:
        if person["at"] < 0 or person["at"] >= len(QUESTIONS):
            person["at"] = max(person["at"], 0)
        elif text and not text.startswith("/") and not QUESTIONS[person["at"]][1]:
            self._record(person, text)

    async def _on_tap(self, query: Json, update_id: int) -> None:
        chat_id, message = query["from"]["id"], query["message"]
        person, (at, _, label) = self._state[str(chat_id)], query["data"].partition(":")
        fresh = person["seen"] < update_id and at == str(person["at"]) and label in QUESTIONS[int(at)][1]
        if fresh:
            self._record(person, label)
            self._save(person, update_id)
        await self._call("answerCallbackQuery", callback_query_id=query["id"])
        if fresh:
            text = f"{message['text']} {label}"
            await self._call("editMessageText", chat_id=chat_id, message_id=message["message_id"], text=text)
        if person["seen"] == update_id:
            await self._ask(chat_id, person)

    def _record(self, person: Json, answer: str) -> None:
        person["answers"].append([QUESTIONS[person["at"]][0], answer])
        person["at"] += 1

    def _save(self, person: Json, update_id: int) -> None:
        person["seen"] = update_id
        beside = self._path.with_suffix(".new")
        beside.write_text(json.dumps(self._state))
        beside.replace(self._path)

    async def _ask(self, chat_id: int, person: Json) -> None:
        at = person["at"]
        text, labels = QUESTIONS[at] if at < len(QUESTIONS) else (END, ())
        keyboard = [[{"text": label, "callback_data": f"{at}:{label}"}] for label in labels]
        markup = {"reply_markup": {"inline_keyboard": keyboard}} if labels else {}
        await self._call("sendMessage", chat_id=chat_id, text=text, **markup)


async def main(api: str, token: str, state: str) -> None:
    """Run the bot."""
    async with aiohttp.ClientSession() as session:
        await ToyBot(session, f"{api}/bot{token}", Path(state)).run()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4]))

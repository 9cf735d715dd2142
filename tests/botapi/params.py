"""The parameters of a call, however they came: query, form, multipart or JSON; a number may be a string."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from tests.botapi.formatted import Formatted, entities_from_json
from tests.botapi.html_markup import parse_html
from tests.botapi.markdown_markup import parse_markdown, parse_markdown_v2
from tests.botapi.refusal import bad_request


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the call."""

    name: str
    mime_type: str
    content: bytes


_PARSERS = {"html": parse_html, "markdown": parse_markdown, "markdownv2": parse_markdown_v2}


class Params:
    """Typed reading of one call's parameters; what cannot be read is refused in Telegram's way."""

    def __init__(self, values: Mapping[str, object], uploads: Mapping[str, Upload] | None = None) -> None:
        self._values = {name: value for name, value in values.items() if value is not None}
        self._uploads = dict(uploads or {})

    def has(self, name: str) -> bool:
        """Return whether the parameter was given, be it empty."""
        return name in self._values

    def text(self, name: str) -> str:
        """Return a text; empty where it was not given."""
        value = self._values.get(name, "")
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str, default: int = 0) -> int:
        """Return a whole number; the default where there is none or it is none, as Telegram does."""
        value = self._values.get(name)
        try:
            return int(value) if isinstance(value, int | str) else default
        except ValueError:
            return default

    def flag(self, name: str) -> bool:
        """Return a yes or no."""
        return str(self._values.get(name, "")).lower() in {"true", "1", "yes", "t", "y"}

    def json(self, name: str) -> object:
        """Return a structured value, which a form carries as JSON; None where there is none."""
        value = self._values.get(name)
        if not isinstance(value, str) or not value:
            return None if value == "" else value
        try:
            parsed: object = json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None
        return parsed

    def formatted(self, name: str, entities: str) -> Formatted:
        """Return a text with its markup read by `parse_mode`, or with the entities given beside it."""
        text = self.text(name)
        mode = self.text("parse_mode").lower()
        if not mode or mode == "none":
            return Formatted(text, entities_from_json(self.json(entities), text)).trimmed()
        if mode not in _PARSERS:
            raise bad_request("unsupported parse_mode")
        return _PARSERS[mode](text).trimmed()

    def upload(self, name: str) -> Upload | None:
        """Return the file of that name, sent as that part or as the part that `attach://` names."""
        given = self.text(name)
        return self._uploads.get(given.removeprefix("attach://") if given.startswith("attach://") else name)

    def plain(self) -> dict[str, object]:
        """Return what was given, for the record; of a file its name and size."""
        files = {name: f"<{upload.name}, {len(upload.content)} bytes>" for name, upload in self._uploads.items()}
        return {**self._values, **files}

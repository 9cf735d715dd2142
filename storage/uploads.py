"""Files that members sent and that wait to be fetched and checked."""

from dataclasses import dataclass
from datetime import datetime

from storage.database import Transaction
from storage.ids import RespondentId, UploadId
from storage.moment import to_text


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that the channel holds for us under `file_id`."""

    id: UploadId
    respondent: RespondentId
    file_id: str
    filename: str
    size_bytes: int


def add(
    tx: Transaction, respondent_id: RespondentId, file_id: str, filename: str, size_bytes: int, now: datetime
) -> UploadId:
    """Have the file fetched, after those added before."""
    row = tx.execute(
        """
        INSERT INTO uploads (respondent_id, file_id, filename, size_bytes, added_at)
        VALUES (:respondent_id, :file_id, :filename, :size_bytes, :now)
        RETURNING id
        """,
        {
            "respondent_id": respondent_id,
            "file_id": file_id,
            "filename": filename,
            "size_bytes": size_bytes,
            "now": to_text(now),
        },
    ).fetchone()
    return UploadId(row[0])


def waiting_from(tx: Transaction, respondent_id: RespondentId) -> int:
    """Return how many files of the member wait."""
    row = tx.execute("SELECT count(*) FROM uploads WHERE respondent_id = :id", {"id": respondent_id}).fetchone()
    return int(row[0])


def next_upload(tx: Transaction) -> Upload | None:
    """Return the file that waits longest; the same again until it is finished."""
    row = tx.execute(
        "SELECT id, respondent_id, file_id, filename, size_bytes FROM uploads ORDER BY id LIMIT 1"
    ).fetchone()
    if row is None:
        return None
    upload_id, respondent_id, file_id, filename, size_bytes = row
    return Upload(UploadId(upload_id), RespondentId(respondent_id), file_id, filename, size_bytes)


def finish(tx: Transaction, upload_id: UploadId) -> None:
    """Take the file off the list, whatever came of it."""
    tx.execute("DELETE FROM uploads WHERE id = :id", {"id": upload_id})

"""The command that makes the key of a sealed database, and seals one that is there."""

from typing import Annotated

import typer

from bot.cli.program import app, console, fail, settings_or_exit


@app.command()
def key(seal: Annotated[bool, typer.Option("--seal", help="Seal the database that is there.")] = False) -> None:
    """Make the key that seals the database, in the file that TUCKSHOP_KEY_FILE names; stop the bot before sealing.

    Example: [bold]TUCKSHOP_KEY_FILE=/etc/tuckshop.key tuckshop key --seal[/bold]
    """
    from storage import sealing
    from storage.errors import StorageError

    settings = settings_or_exit()
    if settings.key_file is None:
        fail("TUCKSHOP_KEY_FILE is not set. Name a file on another disk than the database, or one that root holds.", 2)
    try:
        fresh = not (seal and settings.key_file.exists())
        made = sealing.make_key(settings.key_file) if fresh else sealing.read_key(settings.key_file)
        if seal:
            sealing.seal(settings.database, made)
    except StorageError as error:
        fail(str(error))
    if fresh:
        console.print(
            f"The key is in {settings.key_file}. Keep a copy elsewhere: without it nothing can be read again."
        )
    if seal:
        console.print(f"{settings.database} is sealed. Backups made before are not: delete or seal them.")

"""What is shipped with the program: question sets, a codebook and an example of a deployment."""

from importlib import resources

from bot.checking import read_codebook
from bot.deployment import Deployment
from bot.deployment_file import read_deployment
from dialogues.reading import read
from dialogues.script import Script
from nlp.codebook import Codebook

ORDER = ("getting-around", "hang-out", "feeling-ok", "money-study-work", "big-idea", "about-you")
"""The shipped files, by name, in the order in which the menu shows them."""


class ShippedFileError(Exception):
    """A file that is shipped with the program cannot be used; a test keeps this from happening."""


def shipped_sets() -> tuple[tuple[Script, str], ...]:
    """Return the shipped question sets with the texts of their files. Raises ShippedFileError."""
    folder = resources.files("dialogues") / "sets"
    found = []
    for name in ORDER:
        source = (folder / f"{name}.yaml").read_bytes()
        report = read(source)
        if report.script is None:
            raise ShippedFileError(f"{name}.yaml: {report.findings[0].message}")
        found.append((report.script, source.decode()))
    return tuple(found)


def shipped_codebook() -> Codebook:
    """Return the shipped codebook. Raises ShippedFileError."""
    codebook, findings = read_codebook((resources.files("nlp") / "codebooks" / "youth-policy.yaml").read_bytes())
    if codebook is None:
        raise ShippedFileError(f"youth-policy.yaml: {findings[0].message}")
    return codebook


def shipped_deployment() -> Deployment:
    """Return the example of a deployment, a pilot. Raises ShippedFileError."""
    deployment, findings = read_deployment((resources.files("bot") / "deployment.example.yaml").read_bytes())
    if deployment is None:
        raise ShippedFileError(f"deployment.example.yaml: {findings[0].message}")
    return deployment

"""How a typed reply was understood. Never a guess: what is not clear is asked back."""

from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Clear(Generic[T]):
    """It can only mean this."""

    value: T


@dataclass(frozen=True, slots=True)
class Between(Generic[T]):
    """It may mean any of these, one to four of them, the likeliest first: ask which.

    `faint` when nothing names them but words that come near.
    """

    candidates: tuple[T, ...]
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Unclear:
    """It was not understood."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """The respondent would rather not say."""


@dataclass(frozen=True, slots=True)
class DontKnow:
    """The respondent does not know, or has no opinion."""


Reading: TypeAlias = Clear[T] | Between[T] | Unclear | Refusal | DontKnow

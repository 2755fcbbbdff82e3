"""Every exception of the auditor, and what each one means."""

from __future__ import annotations

from auditor.model import Miss


class AuditorError(Exception):
    """Anything the auditor itself raises; its text is one line for a person."""


class InputMissing(AuditorError):
    """An input that was named does not exist: wrong use of the command, no page's fault."""


class JobError(AuditorError):
    """A job folder cannot be used as asked: it is held, of another version, or was begun with other settings."""


class PageError(AuditorError):
    """One page could not be audited; `code` says why, and never changes. As such only for what nobody foresaw."""

    miss = Miss.FAILED

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Unreadable(PageError):
    """The page's bytes or its text could not be read (`read/…`)."""


class FetchFailed(PageError):
    """The page could not be got from its address (`fetch/…`); `passing` is true where a later try may succeed."""

    def __init__(self, code: str, message: str, *, passing: bool = False) -> None:
        super().__init__(code, message)
        self.passing = passing


class NothingToJudge(PageError):
    """The page was read, but is none of ours, such as one in another language (`page/…`)."""

    miss = Miss.SKIPPED

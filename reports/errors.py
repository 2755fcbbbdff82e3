"""What can go wrong when a report is asked for: each is told on one line and is the user's to mend."""


class ReportError(Exception):
    """Anything in this module."""


class BadTarget(ReportError):
    """A report cannot go where it was sent."""


class UnknownName(ReportError):
    """No rule, family, reference or format is called so."""


class UnreadableReport(ReportError):
    """A saved report cannot be read, or is not one."""


class UnreadableDecisions(ReportError):
    """A file of decisions cannot be read, or is not one."""

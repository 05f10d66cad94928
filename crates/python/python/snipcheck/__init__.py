"""Tells whether a Python guide is true.

`check_text` and `check_files` do what the command `snipcheck run` does, and give its report as typed values.
"""

from snipcheck._api import (
    Expectation,
    GuideNote,
    Report,
    Snippet,
    SnipcheckError,
    Status,
    Verdict,
    check_files,
    check_text,
)

__all__ = [
    "Expectation",
    "GuideNote",
    "Report",
    "SnipcheckError",
    "Snippet",
    "Status",
    "Verdict",
    "check_files",
    "check_text",
]

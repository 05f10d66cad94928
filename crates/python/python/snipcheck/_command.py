"""The command `snipcheck`, with this interpreter as its embedded engine."""

import signal
import sys

from snipcheck import _snipcheck


def main() -> int:
    """Does what `sys.argv` says, and gives the exit code."""
    # Ctrl-C is for the command, which ends what it runs, and must not come up again as an exception here.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _snipcheck.main(["snipcheck", *sys.argv[1:]], _snipcheck.__file__, sys.executable)

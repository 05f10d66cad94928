"""`python -m snipcheck` is the command, too."""

import sys

from snipcheck._command import main

sys.exit(main())

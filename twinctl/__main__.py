"""`python -m twinctl`."""

import sys

from twinctl.cli.app import main

if __name__ == "__main__":
    sys.exit(main())

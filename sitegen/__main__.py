"""The command `sitegen`, and `python -m sitegen`."""

import os
import signal
from typing import NoReturn

INTERRUPTED = 130


def main() -> NoReturn:
    """Runs the command line; Ctrl-C while that is being loaded ends it without a traceback."""
    usual = signal.getsignal(signal.SIGINT)
    if usual is signal.default_int_handler:  # else it is ignored, as behind nohup
        signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    from sitegen import cli  # noqa: PLC0415 -- takes a tenth of a second

    signal.signal(signal.SIGINT, usual)
    cli.main()


if __name__ == "__main__":
    main()

"""The command `sitegen`, and `python -m sitegen`."""

import os
import signal
from typing import NoReturn


def main() -> NoReturn:
    """Runs the command line; Ctrl-C while that is being loaded ends it without a traceback."""
    usual = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # not so behind nohup
    if usual:
        signal.signal(signal.SIGINT, lambda *_: os._exit(128 + signal.SIGINT))
    from sitegen import cli  # noqa: PLC0415 -- takes a tenth of a second

    if usual:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    cli.main()


if __name__ == "__main__":
    main()

"""Addresses to listen at."""

import errno
import os
from pathlib import Path

import pytest

from sitegen.preview import ports


@pytest.fixture
def taken():
    with ports.opened("127.0.0.1", 0) as sockets:
        yield sockets[0].getsockname()[1]


def test_a_port_that_is_taken_is_refused(taken):
    with pytest.raises(OSError, match="in use") as error:
        ports.listening("127.0.0.1", taken)
    assert (ports.is_taken(error.value), error.value.errno) == (True, errno.EADDRINUSE)


def test_the_next_free_port_is_found(taken):
    sockets = ports.first_free("127.0.0.1", taken)
    found = sockets[0].getsockname()[1]
    for one in sockets:
        one.close()
    assert found > taken


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="this system has no /proc")
def test_who_holds_a_port_is_told(taken):
    assert ports.holder(taken)[0] == os.getpid()

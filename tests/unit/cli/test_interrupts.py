import os
import signal

import pytest

from repsight.cli.interrupts import Interrupts


def press() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def swallow() -> None:
    """What an interrupted import of a native module does."""
    try:
        press()
    except KeyboardInterrupt:
        message = "no such module"
        raise ImportError(message) from None


def test_without_an_interrupt_nothing_happens() -> None:
    with Interrupts() as interrupts:
        interrupts.check()
    assert not interrupts.seen


def test_an_error_that_hides_an_interrupt_becomes_one_again() -> None:
    with pytest.raises(KeyboardInterrupt), Interrupts():
        swallow()


def test_an_interrupt_that_was_swallowed_is_still_known() -> None:
    def forget() -> None:
        with pytest.raises(KeyboardInterrupt):
            press()

    interrupts = Interrupts()
    with pytest.raises(KeyboardInterrupt), interrupts:
        forget()
    assert interrupts.seen
    with pytest.raises(KeyboardInterrupt):
        interrupts.check()


def test_the_signal_is_given_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    with Interrupts():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before

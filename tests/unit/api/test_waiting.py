"""Waiting in a loop for what other threads find out."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from threading import Thread

import pytest

from repsight.api.waiting import waited


def told_by_a_thread(answers: list[Future[int]]) -> None:
    Thread(target=lambda: [one.set_result(i) for i, one in enumerate(answers)]).start()


def test_answers_of_another_thread_come_back_each_to_its_own_question():
    async def asked() -> list[int]:
        answers = [Future[int]() for _ in range(200)]
        asked = [asyncio.create_task(waited(one)) for one in answers]
        await asyncio.sleep(0)
        told_by_a_thread(answers)
        return await asyncio.gather(*asked)

    for _ in range(20):  # each in a loop of its own
        assert asyncio.run(asked()) == list(range(200))


def test_an_answer_that_is_there_needs_no_turn_of_the_loop():
    answer: Future[int] = Future()
    answer.set_result(7)
    coroutine = waited(answer)
    with pytest.raises(StopIteration) as told:
        coroutine.send(None)
    assert told.value.value == 7


def test_an_error_is_raised_to_whoever_waits():
    async def asked() -> None:
        answer: Future[int] = Future()
        waiting = asyncio.create_task(waited(answer))
        await asyncio.sleep(0)
        Thread(target=lambda: answer.set_exception(KeyError("gone"))).start()
        await waiting

    with pytest.raises(KeyError, match="gone"):
        asyncio.run(asked())


def test_who_no_longer_waits_keeps_nobody_from_being_told():
    async def asked() -> int:
        answers = [Future[int]() for _ in range(2)]
        first, second = [asyncio.create_task(waited(one)) for one in answers]
        await asyncio.sleep(0)
        first.cancel()
        told_by_a_thread(answers)
        return await second

    assert asyncio.run(asked()) == 1

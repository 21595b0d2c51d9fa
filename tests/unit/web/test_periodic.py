"""Work that comes again and again outlives its own failures."""

import anyio
import pytest

from candidacy.web.periodic import Periodic

pytestmark = pytest.mark.anyio


async def test_a_failure_is_tried_again_and_the_end_is_the_end() -> None:
    done = []
    enough = anyio.Event()

    async def work() -> None:
        done.append(len(done))
        if len(done) == 1:
            raise RuntimeError("no luck")
        enough.set()

    periodic = Periodic(work, name="work", seconds=0.001)
    periodic.start()
    with anyio.fail_after(10):
        await enough.wait()
    await periodic.stop()

    stopped_at = len(done)
    await anyio.sleep(0.01)
    assert len(done) == stopped_at


async def test_what_never_began_can_be_stopped() -> None:
    await Periodic(anyio.sleep_forever, name="work", seconds=1).stop()

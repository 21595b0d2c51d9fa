"""How long does Twilio wait for the acknowledgement of a text while an action hangs? ``python -m bench.sms_webhook``.

It starts the whole product with Twilio's own API description behind it. People text evenly, first with all well, then
with every action hanging for 30 s, so that turns pile up. A webhook's time runs from its request to its answer.
"""

import argparse
import asyncio
import sys
import tempfile
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
from twilio.request_validator import RequestValidator

from tests.sms import prism
from tests.sms.recorder import Recorder
from tests.sms.telephone import Telephone
from tests.support.action_switch import Fault
from tests.support.stack import CLINIC_NUMBER, TWILIO_TOKEN, Stack, start_stack, trained_model

PROJECT = Path(__file__).parent.parent
GOAL_MILLISECONDS = 300
"""The longest that 99 of 100 webhooks may take."""

SETTLE_SECONDS = 300
"""How long the answers to what was asked with all well may take, before the actions hang."""

QUESTIONS = (
    "What is spinal fusion?",
    "How long would I be in the hospital?",
    "Will I need physical therapy?",
    "Can I answer the screening questions?",
)
AREA_CODES = ("212", "305", "312", "415", "512", "617", "702", "808")


@dataclass(frozen=True)
class Plan:
    """What is measured."""

    people: int
    per_second: float
    seconds: float

    @property
    def texts(self) -> int:
        """How many texts come in, each time."""
        return int(self.per_second * self.seconds)


def main() -> None:
    """Measure, print the table, and end with 1 when the goal is missed."""
    plan = arguments()
    absent = prism.missing()
    if absent is not None:
        sys.exit(f"The measurement needs {absent}.")
    with tempfile.TemporaryDirectory() as folder:
        well, hanging = measure(Path(folder), plan)
    print(f"{plan.people} people, {plan.per_second:g} texts a second, {plan.texts} texts each time; milliseconds")
    for name, times in (("all well", well), ("actions hang", hanging)):
        print(f"{name:14}" + "".join(f"  {label} {value:7.1f}" for label, value in figures(times)))
    if dict(figures(hanging))["p99"] > GOAL_MILLISECONDS:
        sys.exit(f"p99 is above {GOAL_MILLISECONDS} ms")


def arguments() -> Plan:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.sms_webhook", description=__doc__)
    parser.add_argument("--people", type=int, default=16, help="how many text (default: %(default)s)")
    parser.add_argument("--per-second", type=float, default=5, help="texts of all together (default: %(default)s)")
    parser.add_argument("--seconds", type=float, default=30, help="how long, each time (default: %(default)s)")
    return Plan(**vars(parser.parse_args()))


def measure(folder: Path, plan: Plan) -> tuple[list[float], list[float]]:
    """The times of all webhooks in seconds, with all well and with actions that hang."""
    with (
        prism.serve(folder / "prism.log") as upstream,
        Recorder(token=TWILIO_TOKEN, upstream=upstream).listening() as recorder,
    ):
        stack = start_stack(folder, model=trained_model(PROJECT), twilio_url=recorder.url)
        try:
            numbers = [f"+1{AREA_CODES[own % len(AREA_CODES)]}5550{own:03}" for own in range(plan.people)]
            for number in numbers:
                telephone = Telephone(stack, recorder, number=number)
                telephone.text("hello")
                telephone.text("yes")
            well = asyncio.run(text_evenly(stack, numbers, plan))
            telephone.settle(seconds=SETTLE_SECONDS)
            with stack.switch.fault(Fault.HUNG):
                hanging = asyncio.run(text_evenly(stack, numbers, plan))
            return well, hanging
        finally:
            stack.stop()


async def text_evenly(stack: Stack, numbers: Sequence[str], plan: Plan) -> list[float]:
    """Post the texts at their times, whether or not the ones before are acknowledged."""
    began = time.monotonic()
    async with httpx.AsyncClient(trust_env=False, timeout=30, limits=httpx.Limits(max_connections=None)) as client:

        async def post(own: int) -> float:
            await asyncio.sleep(max(0.0, began + own / plan.per_second - time.monotonic()))
            return await webhook(client, stack, numbers[own % len(numbers)], QUESTIONS[own % len(QUESTIONS)])

        return list(await asyncio.gather(*map(post, range(plan.texts))))


async def webhook(client: httpx.AsyncClient, stack: Stack, number: str, text: str) -> float:
    """Post one text as Twilio does, and give the seconds until it was acknowledged."""
    url = f"{stack.url}/sms/twilio"
    form = {"MessageSid": f"SM{uuid.uuid4().hex}", "From": number, "To": CLINIC_NUMBER, "Body": text, "NumMedia": "0"}
    headers = {"X-Twilio-Signature": RequestValidator(TWILIO_TOKEN).compute_signature(url, form)}
    began = time.monotonic()
    (await client.post(url, data=form, headers=headers)).raise_for_status()
    return time.monotonic() - began


def figures(times: Sequence[float]) -> list[tuple[str, float]]:
    """The median, the 95th and the 99th of 100, and the longest, in milliseconds."""
    ordered = sorted(times)

    def at(share: float) -> float:
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    return [("p50", at(0.5)), ("p95", at(0.95)), ("p99", at(0.99)), ("longest", 1000 * ordered[-1])]


if __name__ == "__main__":
    main()

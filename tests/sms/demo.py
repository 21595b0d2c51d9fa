"""``make sms-demo``: text with the assistant from this terminal, as a telephone would.

What you type is posted to the signed webhook. What comes back went through Twilio's own client to a server of Twilio's
own API description. Everything runs on this machine, with a database that is gone afterwards; nothing is sent.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from candidacy.sms.segments import segment_count
from tests.sms import prism
from tests.sms.recorder import Recorder, Sent
from tests.sms.telephone import Telephone
from tests.support.stack import CLINIC_NUMBER, TWILIO_TOKEN, start_stack, trained_model

PROJECT = Path(__file__).resolve().parents[2]
PICTURE = ":picture"
QUIT = ":quit"
HINT = f"Type a text and press Enter. {PICTURE} sends a picture, {QUIT} or Ctrl-C stops everything."


def main() -> None:
    """Start everything, pass on what is typed, and stop everything."""
    number = arguments().number
    absent = prism.missing()
    if absent is not None:
        sys.exit(f"The demonstration needs {absent}.")
    print("Getting ready: the model (minutes, when there is none of the present data), then the processes ...")
    try:
        with tempfile.TemporaryDirectory(prefix="candidacy-sms-") as folder:
            demonstrate(Path(folder), number=number)
    except (KeyboardInterrupt, EOFError):
        print()
    print("Stopped.")


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="make sms-demo", description=__doc__, epilog=HINT)
    parser.add_argument("--number", default="+12125550142", help="the telephone's number (default: %(default)s)")
    return parser.parse_args()


def demonstrate(folder: Path, *, number: str) -> None:
    """Text until there is nothing more to read."""
    model = trained_model(PROJECT)
    with (
        prism.serve(folder / "prism.log") as upstream,
        Recorder(token=TWILIO_TOKEN, upstream=upstream, heard=show).listening() as recorder,
    ):
        stack = start_stack(folder, model=model, twilio_url=recorder.url)
        try:
            print(f"You are {number}; the clinic is {CLINIC_NUMBER}. {HINT}\n")
            talk(Telephone(stack, recorder, number=number))
        finally:
            print("Stopping ...")
            stack.stop()


def talk(telephone: Telephone) -> None:
    """Post each line, and wait for what comes back."""
    for line in map(str.strip, iter(lambda: input("You: "), QUIT)):
        if line == PICTURE:
            telephone.text("", NumMedia="1", MediaUrl0="https://api.twilio.com/x", MediaContentType0="image/jpeg")
        else:
            telephone.text(line)


def show(sent: Sent) -> None:
    """Print a text that was sent, with what it costs."""
    segments = segment_count(sent.body)
    cost = f"{len(sent.body)} characters, {segments} segment{'s' if segments > 1 else ''}"
    indented = sent.body.replace("\n", "\n        ")
    print(f"\rClinic: {indented}\n        ({cost})", flush=True)


if __name__ == "__main__":
    main()

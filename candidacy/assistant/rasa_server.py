"""`python -m candidacy.assistant.rasa_server --model FILE`: Rasa with the bridge as its only channel, on loopback."""

import argparse
import sys
from pathlib import Path

from candidacy.assistant.without_training import leave_out_training
from candidacy.logs import configure_logs
from candidacy.settings import read_settings


def main() -> None:
    """Read the model's path from the command line and serve it."""
    arguments = argparse.ArgumentParser(description="Serve the assistant's bridge on loopback.")
    arguments.add_argument("--model", required=True, metavar="FILE", help="the trained model")
    model = arguments.parse_args().model
    settings = read_settings()
    configure_logs(settings.log_level)
    if not Path(model).is_file():
        sys.exit(f"There is no model at {model}. Train it with: candidacy train")
    leave_out_training()
    # Not before: it imports Rasa.
    from candidacy.assistant.serving import serve

    serve(model, settings)


if __name__ == "__main__":
    main()

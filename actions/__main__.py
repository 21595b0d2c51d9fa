"""`python -m actions`: the action server as the settings say."""

from datetime import datetime, timezone

from actions.context import Context
from actions.server import build_actions, create_server
from candidacy.casework.call_back_rules import load_call_back_rules
from candidacy.dialogue.follow_up import load_follow_ups
from candidacy.logs import configure_logs
from candidacy.machine import LOOPBACK, clinic_texts, open_cipher, open_database
from candidacy.machine_secrets import internal_token
from candidacy.screening.questionnaire import load_questionnaire
from candidacy.settings import Settings, read_settings


def build_context(settings: Settings) -> Context:
    """Everything the actions need."""
    return Context(
        database=open_database(settings),
        cipher=open_cipher(settings),
        texts=clinic_texts(settings),
        questionnaire=load_questionnaire(),
        follow_ups=load_follow_ups(),
        region=settings.clinic_region,
        call_backs=load_call_back_rules(hours=settings.hours, timezone=settings.timezone),
        now=lambda: datetime.now(timezone.utc),
    )


def main() -> None:
    """Serve until told to stop."""
    settings = read_settings()
    configure_logs(settings.log_level)
    server = create_server(actions=build_actions(build_context(settings)), token=internal_token(settings))
    server.run(host=LOOPBACK, port=settings.actions_port, access_log=False, motd=False)


if __name__ == "__main__":
    main()

"""Settings: their defaults, and each wrong one refused by its name."""

import pytest
from cryptography.fernet import Fernet

from candidacy.clinic import clinic_variables
from candidacy.settings import Settings, SettingsError, read_settings


def test_the_defaults_are_the_documents_clinic_in_new_york() -> None:
    settings = read_settings({})
    assert settings.clinic_name == "Datta Endoscopic Back Surgery and Pain Center"
    assert settings.clinic_phone == "(212) 430-0312"
    assert settings.timezone.key == "America/New_York"
    assert settings.database_url == "sqlite:///var/candidacy.db"
    assert settings.host == "127.0.0.1"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DATABASE_URL", "mysql://localhost/clinic"),
        ("DATABASE_URL", "not a url"),
        ("CANDIDACY_PORT", "eighty"),
        ("CANDIDACY_PORT", "70000"),
        ("CANDIDACY_RASA_PORT", "0"),
        ("CANDIDACY_ASSISTANT_PROCESSES", "0"),
        ("CANDIDACY_ASSISTANT_PROCESSES", "51"),
        ("CANDIDACY_ENCRYPTION_KEYS", "short"),
        ("CANDIDACY_CLINIC_PHONE", "call us"),
        ("CANDIDACY_CLINIC_PHONE", "123"),
        ("CANDIDACY_CLINIC_HOURS", "nine to five"),
        ("CANDIDACY_CLINIC_HOURS", "Mon-Fri 17:00-09:00"),
        ("CANDIDACY_CLINIC_HOURS", "Mon-Fri 25:00-26:00"),
        ("CANDIDACY_CLINIC_TIMEZONE", "Mars/Olympus"),
        ("CANDIDACY_CLINIC_NAME", ""),
        ("CANDIDACY_LOG_LEVEL", "LOUD"),
        ("CANDIDACY_ALLOWED_ORIGINS", "https://*.clinic.example"),
        ("CANDIDACY_ALLOWED_ORIGINS", "https://clinic.example/"),
        ("CANDIDACY_ALLOWED_ORIGINS", "clinic"),
        ("CANDIDACY_TRUSTED_PROXIES", "proxy.example"),
        ("CANDIDACY_TRUSTED_PROXIES", "10.0.0.1/8"),
        ("CANDIDACY_FORWARDED_HEADER", "X-Forwarded-For:"),
        ("CANDIDACY_SESSION_MINUTES", "0"),
        ("CANDIDACY_SESSION_MESSAGES_PER_MINUTE", "-1"),
        ("CANDIDACY_ADDRESS_SESSIONS_PER_MINUTE", "many"),
        ("CANDIDACY_CLINIC_REGION", "XX"),
        ("CANDIDACY_INTERNAL_TOKEN", "x"),
        ("CANDIDACY_AUDIT_KEY", "x"),
        ("CANDIDACY_HOST", ""),
        ("CANDIDACY_CONSOLE_HOST", ""),
        ("CANDIDACY_CONSOLE_PORT", "0"),
        ("CANDIDACY_CONSOLE_PUBLIC_URL", "console.clinic.example"),
        ("CANDIDACY_CONSOLE_PUBLIC_URL", "https://clinic.example/console"),
        ("CANDIDACY_DATABASE_URL", "sqlite:///x.db"),
        ("CANDIDACY_TURN_TIMEOUT_SECONDS", "30"),
        ("CANDIDACY_ACTION_TIMEOUT_SECONDS", "8.5"),
        ("CANDIDACY_MESSAGE_MAX_LENGTH", "5"),
        ("CANDIDACY_CLINIC_FONE", "(212) 430-0312"),
    ],
)
def test_a_wrong_setting_is_refused_by_name(variable: str, value: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings({variable: value})
    assert str(refused.value).startswith(f"{variable}: ")


@pytest.mark.parametrize(
    ("rasa_port", "actions_port"), [("65535", "5055"), ("5005", "65535"), ("5005", "5006"), ("5006", "5005")]
)
def test_several_assistants_need_as_many_ports(rasa_port: str, actions_port: str) -> None:
    variables = {"CANDIDACY_RASA_PORT": rasa_port, "CANDIDACY_ACTIONS_PORT": actions_port}
    read_settings(variables)
    with pytest.raises(SettingsError) as refused:
        read_settings({**variables, "CANDIDACY_ASSISTANT_PROCESSES": "2"})
    assert str(refused.value).startswith("CANDIDACY_ASSISTANT_PROCESSES: ")


def test_each_assistant_has_its_two_ports() -> None:
    settings = read_settings({"CANDIDACY_ASSISTANT_PROCESSES": "3"})
    assert list(settings.rasa_ports) == [5005, 5006, 5007]
    assert list(settings.actions_ports) == [5055, 5056, 5057]


TEXTING = {
    "CANDIDACY_SMS_ACCOUNT_SID": "AC" + "0" * 32,
    "CANDIDACY_SMS_AUTH_TOKENS": "new, old",
    "CANDIDACY_SMS_NUMBER": "+1 212 555 0123",
    "CANDIDACY_SMS_PUBLIC_URL": "https://chat.clinic.example",
}


def test_without_their_settings_there_are_no_text_messages() -> None:
    assert read_settings({}).texting is None


def test_text_messages_are_set_up_together() -> None:
    texting = read_settings(TEXTING).texting
    assert texting is not None
    assert (texting.auth_tokens, texting.number, texting.messaging_service) == (("new", "old"), "+12125550123", None)
    assert (texting.api_url, texting.regions) == ("https://api.twilio.com", {"US"})
    assert "new" not in repr(texting)


@pytest.mark.parametrize("left_out", TEXTING)
def test_text_messages_that_are_set_up_in_part_are_refused_by_what_is_missing(left_out: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings({name: value for name, value in TEXTING.items() if name != left_out})
    assert str(refused.value).startswith(f"{left_out}: must be set too")
    assert len(str(refused.value).splitlines()) == 1


def test_a_messaging_service_sends_in_place_of_a_number() -> None:
    settings = {name: value for name, value in TEXTING.items() if name != "CANDIDACY_SMS_NUMBER"}
    texting = read_settings({**settings, "CANDIDACY_SMS_MESSAGING_SERVICE": "MG" + "0" * 32}).texting
    assert texting is not None
    assert texting.number is None


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("CANDIDACY_SMS_ACCOUNT_SID", "AC123"),
        ("CANDIDACY_SMS_NUMBER", "212 555 0123"),
        ("CANDIDACY_SMS_NUMBER", "+1"),
        ("CANDIDACY_SMS_MESSAGING_SERVICE", "PN" + "0" * 32),
        ("CANDIDACY_SMS_PUBLIC_URL", "chat.clinic.example"),
        ("CANDIDACY_SMS_PUBLIC_URL", "https://chat.clinic.example/"),
        ("CANDIDACY_SMS_API_URL", "https://api.twilio.com/?x"),
        ("CANDIDACY_SMS_REGIONS", ""),
        ("CANDIDACY_SMS_REGIONS", "US, XX"),
        ("CANDIDACY_SMS_MESSAGES_PER_MINUTE", "-1"),
        ("CANDIDACY_SMS_LINK_MINUTES", "0"),
        ("CANDIDACY_SMS_RECEIPT_DAYS", "0"),
    ],
)
def test_a_wrong_setting_of_text_messages_is_refused_by_name(variable: str, value: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings({**TEXTING, variable: value})
    assert str(refused.value).startswith(f"{variable}: ")


def test_every_wrong_setting_gets_its_line() -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings({"CANDIDACY_PORT": "x", "CANDIDACY_CLINIC_TIMEZONE": "x"})
    assert len(str(refused.value).splitlines()) == 2


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        Settings().port = 1  # type: ignore[misc]


def test_the_database_lives_in_the_state_directory() -> None:
    settings = read_settings({"CANDIDACY_STATE_DIRECTORY": "/srv/clinic"})
    assert settings.database_url == "sqlite:////srv/clinic/candidacy.db"


def test_keys_newest_first() -> None:
    keys = ",".join(Fernet.generate_key().decode() for _ in range(2))
    assert read_settings({"CANDIDACY_ENCRYPTION_KEYS": keys}).encryption_keys == keys


def test_hours_are_typed() -> None:
    hours = read_settings({"CANDIDACY_CLINIC_HOURS": "Tue-Sat 08:30-16:00"}).hours
    assert (hours.first_day, hours.last_day, hours.opens.hour, hours.closes.hour) == (1, 5, 8, 16)
    assert str(hours) == "Tue-Sat 08:30-16:00"


def test_origins_are_a_list() -> None:
    settings = read_settings({"CANDIDACY_ALLOWED_ORIGINS": "https://a.example, https://b.example,"})
    assert settings.origins == ("https://a.example", "https://b.example")


def test_the_texts_variables_name_the_clinic() -> None:
    variables = clinic_variables(read_settings({}))
    assert variables["clinic_phone_link"] == "tel:+1-212-430-0312"
    assert variables["clinic_timezone"] == "New York"


@pytest.mark.parametrize("public_url", [{}, {"CANDIDACY_CONSOLE_PUBLIC_URL": "http://console.clinic.example"}])
def test_a_console_on_the_network_must_be_behind_tls(public_url: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match=r"^CANDIDACY_CONSOLE_PUBLIC_URL: must be an https address"):
        read_settings({"CANDIDACY_CONSOLE_HOST": "0.0.0.0", **public_url})


def test_a_console_behind_tls_may_listen_on_the_network() -> None:
    url = "https://console.clinic.example"
    settings = read_settings({"CANDIDACY_CONSOLE_HOST": "0.0.0.0", "CANDIDACY_CONSOLE_PUBLIC_URL": url})
    assert settings.console_public_url == url


def test_proxies_are_typed() -> None:
    assert read_settings({}).proxies == ()
    proxies = read_settings({"CANDIDACY_TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8, ::1"}).proxies
    assert [str(proxy) for proxy in proxies] == ["127.0.0.1/32", "10.0.0.0/8", "::1/128"]

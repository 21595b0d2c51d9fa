"""What a person sent."""

import pytest

from candidacy.sms.form import Form
from candidacy.sms.incoming import Content, IncomingError, IncomingText, incoming

TEXT = {
    "MessageSid": "SM0123456789abcdef0123456789abcdef",
    "From": "+12125550123",
    "To": "+12124300312",
    "Body": "Hello",
    "NumMedia": "0",
    "NumSegments": "1",
}


def read(**changes: str | None) -> IncomingText:
    parameters = {name: value for name, value in {**TEXT, **changes}.items() if value is not None}
    return incoming(Form(list(parameters.items())))


def test_words() -> None:
    form = Form(list(TEXT.items()))
    assert incoming(form, idempotency_token="token") == IncomingText(
        sender="+12125550123",
        recipient="+12124300312",
        message_sid=TEXT["MessageSid"],
        idempotency_token="token",
        text="Hello",
        content=Content.WORDS,
    )


@pytest.mark.parametrize(
    ("changes", "content", "text"),
    [
        ({"Body": ""}, Content.EMPTY, ""),
        ({"Body": None}, Content.EMPTY, ""),
        ({"Body": " \n\u200b\u00a0"}, Content.EMPTY, ""),
        ({"Body": "?"}, Content.WORDS, "?"),
        ({"Body": "\U0001f44d"}, Content.WORDS, "\U0001f44d"),
        ({"Body": " hi "}, Content.WORDS, " hi "),
        ({"Body": "", "NumMedia": "1", "MediaContentType0": "image/jpeg"}, Content.PICTURE, ""),
        ({"Body": "my MRI", "NumMedia": "2", "MediaContentType0": "image/heic"}, Content.PICTURE, "my MRI"),
        ({"Body": None, "NumMedia": "1", "MediaContentType0": "audio/amr"}, Content.SOUND, ""),
        ({"Body": "", "NumMedia": "1", "MediaContentType0": "video/3gpp; x=1"}, Content.VIDEO, ""),
        ({"Body": "", "NumMedia": "1", "MediaContentType0": "text/vcard"}, Content.CONTACT, ""),
        ({"Body": "", "NumMedia": "1", "MediaContentType0": "Text/X-VCard"}, Content.CONTACT, ""),
        ({"Body": "", "NumMedia": "1", "MediaContentType0": "text/x-vlocation"}, Content.LOCATION, ""),
        ({"Body": "", "NumMedia": "1", "MediaContentType0": "application/pdf"}, Content.UNKNOWN, ""),
        ({"Body": "", "NumMedia": "1"}, Content.UNKNOWN, ""),
        ({"Body": "", "NumMedia": "many"}, Content.UNKNOWN, ""),
        ({"Body": "", "NumMedia": None}, Content.EMPTY, ""),
        ({"Body": "", "Latitude": "40.7", "Longitude": "-74.0"}, Content.LOCATION, ""),
        ({"Body": "I am here", "Latitude": "40.7", "Longitude": "-74.0"}, Content.LOCATION, "I am here"),
        ({"Body": "", "MessageType": "location"}, Content.LOCATION, ""),
        ({"Body": "", "MessageType": "contacts"}, Content.CONTACT, ""),
        ({"Body": "", "MessageType": "reaction"}, Content.UNKNOWN, ""),
        ({"Body": "", "MessageType": "text"}, Content.EMPTY, ""),
    ],
)
def test_what_it_brings(changes: dict[str, str | None], content: Content, text: str) -> None:
    read_text = read(**changes)
    assert (read_text.content, read_text.text) == (content, text)


@pytest.mark.parametrize("name", ["MessageSid", "SmsMessageSid", "SmsSid"])
def test_the_message_id_under_its_older_names(name: str) -> None:
    assert read(**{"MessageSid": None, name: "SM9"}).message_sid == "SM9"


def test_without_a_message_id_it_is_no_message() -> None:
    with pytest.raises(IncomingError, match="MessageSid"):
        read(MessageSid="")


@pytest.mark.parametrize("sender", ["", "12345", "2125550123", "CLINIC", "whatsapp:+12125550123", "+1212", "+"])
def test_nobody_to_answer(sender: str) -> None:
    with pytest.raises(IncomingError) as error:
        read(From=sender)
    assert not sender.strip("+") or sender not in str(error.value)


@pytest.mark.parametrize(("said", "kept"), [("STOP", "STOP"), ("stop", "STOP"), ("", None), (None, None)])
def test_what_twilio_made_of_it(said: str | None, kept: str | None) -> None:
    assert read(OptOutType=said).opt_out_type == kept

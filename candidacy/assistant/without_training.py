"""Rasa as it serves a trained model, without the libraries that only its training, its tests and its channels need.

Rasa imports TensorFlow, scikit-learn, matplotlib, databases' and messengers' libraries when it starts, whatever its
model is made of: four seconds and 470 MB for nothing, since we use none of them to serve. So what imports them is
replaced before Rasa is imported: by stand-ins that have the same names and do nothing.

The process that serves the assistant alone does this. Training, story tests and validation run Rasa as it is.
"""

import sys
from collections.abc import Mapping, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

RASA_VERSION = "3.6.21"
"""What the stand-ins were written for; a test compares them with the installed one's modules."""

CHANNELS: Mapping[str, str] = {
    "botframework": "BotFrameworkInput",
    "callback": "CallbackInput",
    "console": "CmdlineInput",
    "facebook": "FacebookInput",
    "hangouts": "HangoutsInput",
    "mattermost": "MattermostInput",
    "rasa_chat": "RasaChatInput",
    "rest": "RestInput",
    "rocketchat": "RocketChatInput",
    "slack": "SlackInput",
    "socketio": "SocketIOInput",
    "telegram": "TelegramInput",
    "twilio": "TwilioInput",
    "twilio_voice": "TwilioVoiceInput",
    "webexteams": "WebexTeamsInput",
}
"""Rasa's own channels, none of which is served: their modules and classes."""

STAND_INS: Mapping[str, Sequence[str]] = {
    "rasa.utils.train_utils": (),
    "rasa.utils.tensorflow.model_data": ("Data", "FeatureArray", "ragged_array_to_ndarray"),
    "rasa.core.test": ("test",),
    "rasa.nlu.test": ("CVEvaluationResult",),
    "rasa.graph_components.validators.default_recipe_validator": ("DefaultV1RecipeValidator",),
    # Of a database that Rasa can keep conversations in.
    "boto3": (),
    "boto3.dynamodb": (),
    "boto3.dynamodb.conditions": ("Key",),
    **{f"rasa.core.channels.{module}": (name,) for module, name in CHANNELS.items()},
}
"""The modules that are replaced, and of each what Rasa imports from it by name."""

LIBRARIES = ("tensorflow", "h5py")
"""Libraries that spaCy's own library imports where they are installed, and does without where they are not."""


class LeftOutError(RuntimeError):
    """Something was used that is not there when the assistant is served; the message names it."""


class LeftOut:
    """What stands for a class or a function of a module that was left out: it has a name and cannot be used."""

    def __init__(self, *_: object, **__: object) -> None:
        raise LeftOutError(
            f"{type(self).__module__}.{type(self).__name__} is left out when the assistant is served: "
            "see candidacy/assistant/without_training.py"
        )

    @classmethod
    def name(cls) -> str:
        """What Rasa lists a channel by."""
        return cls.__module__


def leave_out_training() -> None:
    """From now on this process imports Rasa so.

    Raises:
        LeftOutError: Rasa's parts were imported already.
    """
    early = [module for module in (*STAND_INS, *LIBRARIES) if module in sys.modules]
    if early:
        raise LeftOutError(f"too late to leave out what is imported already: {', '.join(early)}")
    sys.meta_path.insert(0, _StandInImporter())
    for library in LIBRARIES:
        # Python's own way to say that a module cannot be imported, whatever is installed.
        sys.modules[library] = None  # type: ignore[assignment]


class _StandInImporter(MetaPathFinder, Loader):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        return ModuleSpec(fullname, self, is_package=True) if fullname in STAND_INS else None

    def exec_module(self, module: ModuleType) -> None:
        for name in STAND_INS[module.__name__]:
            setattr(module, name, type(name, (LeftOut,), {"__module__": module.__name__}))

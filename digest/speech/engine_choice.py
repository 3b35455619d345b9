"""Which engine a configuration stands for, and whether everything that it needs is there."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from digest.speech.engine import EngineUnusable

if TYPE_CHECKING:
    from digest.config.schema import Speech
    from digest.speech.engine import Engine


def engine_for(settings: Speech) -> Engine:
    """The endpoint where one is named, else a model on this machine. Raises ConfigError when the
    endpoint's key is missing.
    """
    if settings.endpoint:
        from digest.speech.audio_endpoint import EndpointEngine

        return EndpointEngine(settings.endpoint)
    from digest.speech.local_whisper import Local

    return Local(settings.model)


def ready(engine: Engine) -> float:
    """Make sure that recordings can be decoded and the engine works; the longest chunk that suits
    it, in seconds. Raises EngineUnusable.
    """
    if find_spec("av") is None:
        raise EngineUnusable(
            "speech: PyAV, which reads recordings, is not installed; pip install"
            " 'digest-newsletter[speech]'"
        )
    return engine.check()

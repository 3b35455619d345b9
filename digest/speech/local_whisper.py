"""Speech recognition on this machine, offline: Whisper models by faster-whisper, on the CPU in
8-bit integers.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from digest.speech.engine import TIMED_CHUNK, EngineUnusable, Segment
from digest.speech.plausibility import checked, wav_seconds


@dataclass
class Local:
    """An engine in this process. It uses all cores for one chunk, which is no slower than a chunk
    for each, and takes less memory.
    """

    model: str  # a folder, or the name of a model that is in the cache of Hugging Face
    parallel: int = 1
    _loaded: Any = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """The model's name, or its folder's."""
        return Path(self.model).name

    @property
    def identity(self) -> str:
        """Where it runs, and the model."""
        return f"local {self.name}"

    def check(self) -> float:
        """Load the model."""
        self._model()
        return TIMED_CHUNK

    def transcribe(self, audio: Path, *, language: str) -> tuple[Segment, ...]:
        """What is said in a file. Silence is passed over, and what was heard does not lead on to
        what comes: so loops begin.
        """
        seconds = wav_seconds(audio)
        model = self._model()
        known = language if language in model.supported_languages else None
        heard, _ = model.transcribe(
            str(audio), language=known, vad_filter=True, condition_on_previous_text=False
        )
        return checked([(one.start, one.end, one.text) for one in heard], seconds)

    def close(self) -> None:
        """Forget the model."""
        self._loaded = None

    def _model(self) -> Any:
        if self._loaded is None:
            try:
                # it has no types
                from faster_whisper import WhisperModel  # type: ignore[import-untyped]
            except ImportError:
                raise EngineUnusable(
                    "speech: faster-whisper is not installed; pip install"
                    " 'digest-newsletter[speech]'"
                ) from None
            self._check_folder()
            cores = os.cpu_count() or 1
            try:
                self._loaded = WhisperModel(
                    self.model,
                    device="cpu",
                    compute_type="int8",
                    cpu_threads=cores,
                    local_files_only=True,
                )
            except (OSError, ValueError, RuntimeError) as error:
                raise EngineUnusable(self._trouble(error)) from None
        return self._loaded

    def _check_folder(self) -> None:
        """Without its tokenizer a model would be completed from the network."""
        folder = Path(self.model)
        if folder.is_dir() and not (folder / "tokenizer.json").is_file():
            raise EngineUnusable(
                f"speech.model {self.model}: holds no Whisper model for faster-whisper"
                " (tokenizer.json is missing)"
            )

    def _trouble(self, error: Exception) -> str:
        if Path(self.model).is_dir():
            return (
                f"speech.model {self.model}: cannot be loaded"
                f" ({' '.join(str(error).split())[:120]})"
            )
        fetch = f"hf download Systran/faster-whisper-{self.name} --local-dir {self.name}"
        return (
            f"speech.model '{self.model}' is not on this machine; fetch it once ({fetch}) and name"
            " the folder"
        )

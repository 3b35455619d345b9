"""Talk that a test can check word by word: every word is a tone, and who knows the tones can read
the sound back.
"""

from __future__ import annotations

import io
import random
import wave
from typing import TYPE_CHECKING

import numpy as np

from digest.speech.engine import RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

WORD = 0.25  # seconds
_STEP = 320  # samples: 20 ms
_HALF = "mumble"  # what is heard of a word that was cut through
_WORDS = (
    "compute power chips prices models tokens margins capex debt rent demand supply training"
    " inference clusters reactors turbines. leases. buyers. sellers. losses. quarters. contracts."
    " regulators. forecasts. shareholders."
)
VOCABULARY = tuple(_WORDS.split())


def words(count: int, seed: int = 1) -> list[str]:
    """Words of which no two in a row are the same, with a full stop now and then."""
    draw = random.Random(seed)  # noqa: S311  # words, not a secret
    said: list[str] = []
    while len(said) < count:
        word = draw.choice(VOCABULARY)
        if not said or said[-1] != word:
            said.append(word)
    return said


def talk(said: list[str], *, pause_every: int = 0, pause: float = 0.6, noise: float = 0.0) -> bytes:
    """Samples of the words, 16 bits at RATE, with a pause after every so many of them (0: none at
    all).
    """
    pieces: list[NDArray[np.float64]] = []
    for i, word in enumerate(said, 1):
        pieces.append(_tone(400 + 100 * VOCABULARY.index(word)))
        if pause_every and i % pause_every == 0:
            pieces.append(np.zeros(int(pause * RATE)))
    sound = np.concatenate(pieces)
    sound = sound + noise * np.random.default_rng(1).standard_normal(len(sound))
    return (np.clip(sound, -1, 1) * 32000).astype("<i2").tobytes()


def _tone(frequency: int) -> NDArray[np.float64]:
    return 0.5 * np.sin(2 * np.pi * frequency * np.arange(int(WORD * RATE)) / RATE)


def wav(samples: bytes) -> bytes:
    """The samples as a WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(samples)
    return file.getvalue()


def samples_of(recording: bytes) -> bytes:
    """The samples in a WAV file."""
    with wave.open(io.BytesIO(recording), "rb") as file:
        return file.readframes(file.getnframes())


def heard(samples: bytes) -> list[tuple[float, float, str]]:
    """Start, end and word of each tone. A word that is cut through at the beginning or the end is
    heard as something else.
    """
    sound = np.frombuffer(samples, "<i2").astype(np.float64)
    frames = sound[: len(sound) // _STEP * _STEP].reshape(-1, _STEP)
    tones = _tones(frames)
    found, begun = [], 0
    for i in range(1, len(tones) + 1):
        if i == len(tones) or tones[i] != tones[begun]:
            whole = (i - begun) * _STEP / RATE > 0.7 * WORD
            if tones[begun] and (whole or begun == 0 or i == len(tones)):
                found.append(
                    (begun * _STEP / RATE, i * _STEP / RATE, tones[begun] if whole else _HALF)
                )
            begun = i
    return found


def _tones(frames: NDArray[np.float64]) -> list[str]:
    """The word of each frame, "" for silence."""
    width = 4 * _STEP
    strongest = np.abs(np.fft.rfft(frames * np.hanning(_STEP), width)).argmax(axis=1)
    numbers = np.round((strongest * RATE / width - 400) / 100).astype(int)
    loud = np.abs(frames).mean(axis=1) >= 1500
    return [
        VOCABULARY[number] if clear and 0 <= number < len(VOCABULARY) else ""
        for number, clear in zip(numbers, loud, strict=True)
    ]

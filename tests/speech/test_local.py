"""The engine on this machine: what it says when something is missing, and what it hears where a
model and a voice are there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from digest.speech.engine import EngineUnusable
from digest.speech.local_whisper import Local

if TYPE_CHECKING:
    from pathlib import Path

MODEL = os.environ.get("DIGEST_TEST_WHISPER", "")
HAS_MODEL = pytest.mark.skipif(
    not MODEL,
    reason="no model: DIGEST_TEST_WHISPER names the folder of one that faster-whisper opens",
)
HAS_VOICE = pytest.mark.skipif(
    not shutil.which("espeak-ng"), reason="espeak-ng is not installed: nobody is there to speak"
)


def test_a_model_that_is_not_there_is_one_line_that_says_how_to_get_it() -> None:
    """Nothing is fetched from the network by itself."""
    pytest.importorskip("faster_whisper", reason="the extra 'speech' is not installed")
    with pytest.raises(
        EngineUnusable,
        match=(
            r"speech\.model 'small' is not on this machine; fetch it once \(hf download"
            r" Systran/faster-w"
        ),
    ):
        Local("small").check()


@pytest.mark.parametrize("file", ["", "tokenizer.json"])
def test_a_folder_that_holds_no_model_is_said(tmp_path: Path, file: str) -> None:
    """Half of one too: what is missing would else be fetched."""
    pytest.importorskip("faster_whisper", reason="the extra 'speech' is not installed")
    if file:
        (tmp_path / file).write_text("{}")
    with pytest.raises(
        EngineUnusable, match=r"(holds no Whisper model|cannot be loaded)"
    ) as unusable:
        Local(str(tmp_path)).check()
    assert "\n" not in str(unusable.value)


@pytest.mark.parametrize("package", ["faster_whisper", "av"])
def test_a_missing_package_is_one_line_that_says_what_to_install(
    tmp_path: Path, package: str
) -> None:
    """As `digest doctor` tells it."""
    (tmp_path / "feeds.yaml").write_text("feeds: []\nspeech: {model: small}\n")
    hide = (
        "import sys, importlib.util as u; real = u.find_spec; u.find_spec = lambda n, *a: None if"
        f" n == '{package}' else real(n, *a)"
    )
    code = (
        f"{hide}; sys.modules['{package}'] = None; from digest.cli.main import app; app(['doctor'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert "is not installed; pip install 'digest-newsletter[speech]'" in done.stdout, done.stderr
    assert done.stdout.count("broken speech:") == 1


@HAS_MODEL
@HAS_VOICE
def test_it_hears_what_is_said(tmp_path: Path) -> None:
    """Words with their times, inside the recording; silence is passed over."""
    text = (
        "The price of electricity will double next year. The company spent two hundred million"
        " dollars on new computers."
    )
    subprocess.run(
        ["espeak-ng", "-v", "en-us", "-s", "150", "-w", tmp_path / "raw.wav", text],  # noqa: S607
        check=True,
    )
    from digest.net.workers import processes
    from digest.speech.decode import cut

    (chunk,) = cut(tmp_path / "raw.wav", tmp_path, lambda: processes(1), longest=60, most=60)
    found = Local(MODEL).transcribe(chunk.path, language="en")
    said = " ".join(segment.text for segment in found).lower()
    assert all(word in said for word in ("electricity", "next year", "company", "200 million"))
    assert all(0 <= segment.start <= segment.end <= chunk.end for segment in found)

"""Countries, parties, places and short names: the same name written otherwise passes, another name
does not; a bug found is a row.
"""

from __future__ import annotations

import pytest

from tests.grounding.claims import failing

TALKS = (
    "The UN published its report on Friday after a year in Belgium. Mr Ruiz said that chips are"
    " short.\nPresident Ana Ruiz of Colombia signed the export bill in Bogota, and the Cumbria"
    " plant will be the first to ask for a permit.\nThe bill was written by former trade envoy Lena"
    " Orrell. Its first draft was led by Porto-based lawyer Ivo Tarn.\n“You're late,” she said."
    " American buyers pay more."
)
BONES = (
    "Harbour Lane traders said on Monday that the parade along the Quill Road is off.\nHolt, the"
    " governor, joined a Republican field of three senators.\nMarsh Holloway escaped unhurt and"
    " told Radio Wexley that she was shaken. The ferry ran aground in Denmark on Friday.\nOren"
    " Tidd, who drew the fox in Halcyon's last film, will play the miller."
)
MOVES = (
    "The man, who has not been named, was arrested on suspicion of fraud. Not to be outdone, Orrell"
    " opened a shop on Monday.\nWexley failed last November in its bid to host the fair. By noon"
    " the crew could not move the crane.\nTarn reportedly moved the reserves that back its coin to"
    " two funds in August.\nThe council made a clear choice for a chance that may never come again,"
    " whereby banks and the state join forces, Oren Holt said.\nHolloway, a likely buyer, is still"
    " the right owner for the yard. The museum will display its drawings next to the cafe."
)


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        (TALKS, "The United Nations published its report on Friday."),
        (
            TALKS,
            (
                "The report was published after a year in the Belgian capital, the United Nations"
                " says."
            ),
        ),
        (TALKS, "Colombian President Ana Ruiz signed the export bill."),
        (TALKS, "The Cumbrian plant will be the first to ask for a permit."),
        (TALKS, "The export bill was written by Lena Orrell."),
        (TALKS, "Ivo Tarn led its first draft."),
        (TALKS, "“You're late,” she said, and buyers in the United States pay more."),
        (BONES, "The Republican Holt, a governor, joined a field of three."),
        (
            BONES,
            (
                "Marsh Holloway, who was on the ferry that ran aground in Denmark, escaped unhurt"
                " and was shaken."
            ),
        ),
        (BONES, "Oren Tidd will play the miller."),
        (MOVES, "The man who was arrested on suspicion of fraud has not been named."),
        (MOVES, "A man was arrested on suspicion of fraud."),
        (MOVES, "Orrell opened a shop on Monday."),
        (MOVES, "Wexley failed to win its bid to host the fair."),
        (MOVES, "The crew was not allowed to move the crane by noon."),
        (
            MOVES,
            (
                "A report says that Tarn moved reserves to two funds in August. The reserves back"
                " its coin."
            ),
        ),
        (
            MOVES,
            (
                "Oren Holt said that the council made a clear choice, and that banks and the state"
                " join forces."
            ),
        ),
        (MOVES, "Holloway is still the right owner for the yard."),
        (MOVES, "The museum's drawings played a role next to the cafe."),
    ],
)
def test_the_same_written_otherwise_passes(source: str, claim: str) -> None:
    """None of these is against its source."""
    assert failing(claim, source) == []


@pytest.mark.parametrize(
    ("source", "claim", "wrong"),
    [
        (TALKS, "The European Union published its report on Friday.", "names"),
        (TALKS, "The report was published after a year in the Bulgarian capital.", "names"),
        (TALKS, "Colombian President Ana Orrell signed the export bill.", "names"),
        (TALKS, "The export bill was written by Ivo Tarn, a former trade envoy.", "names"),
        (BONES, "The Democrat Holt, a governor, joined a field of three.", "names"),
    ],
)
def test_another_name_or_a_turned_one_is_still_caught(source: str, claim: str, wrong: str) -> None:
    """What was let pass above is not let pass where it is untrue."""
    assert wrong in failing(claim, source)

"""Whether a text says the contrary of the stars that its author gave.

Somebody who gives one star to "Parfait, rien à redire" has misread the scale, or means another
shop: the rating is worth a second look, and perhaps a word to the platform. A wrong mark costs
more than a missed one, so both the distance and the model's certainty are asked for.
"""

from sentiment.reading import Reading

DISAGREEMENT_STARS = 2.5
"""Least distance between the stars given and those read in the text."""

DISAGREEMENT_P = 0.95
"""Least probability of the opposite polarity, chosen for precision (docs/model.md).

Three stars never disagree with anything, and a text that the model finds doubtful or mixed
disagrees with nothing.
"""

HAPPY_FROM, UNHAPPY_UP_TO = 3.5, 2.5


def disagrees(given_stars: float | None, reading: Reading) -> bool:
    """Say whether the text reads as the opposite of the stars given.

    Args:
        given_stars: the customer's, 1.0 to 5.0; None where none were given.
        reading: what is read in the text.

    Returns:
        False too where there is nothing to compare: no stars, an unknown language, a mixed text.
    """
    score = reading.score
    if given_stars is None or score is None or reading.mixed:
        return False
    if abs(given_stars - score.stars) < DISAGREEMENT_STARS:
        return False
    opposite = score.p_neg if given_stars >= HAPPY_FROM else score.p_pos
    decided = given_stars >= HAPPY_FROM or given_stars <= UNHAPPY_UP_TO
    return decided and opposite >= DISAGREEMENT_P

import pytest

from sentiment.scorer import EmbeddedScorer


@pytest.fixture(scope="session")
def shipped() -> EmbeddedScorer:
    """The model that Vigie ships, loaded once."""
    return EmbeddedScorer()

import pytest

from vigie.departements import departement_of, prefixes_of


@pytest.mark.parametrize(
    ("postcode", "departement"),
    [
        ("37000", "37"),
        (" 01000 ", "01"),
        ("20000", "2A"),
        ("20137", "2A"),
        ("20200", "2B"),
        ("20600", "2B"),
        ("97400", "974"),
        ("98800", "988"),
        ("00100", ""),
        ("3700", ""),
        ("٣٧٠٠٠", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_a_postcode_tells_its_departement(postcode: str | None, departement: str) -> None:
    assert departement_of(postcode) == departement
    prefixes = prefixes_of(departement)
    assert not departement or (postcode or "").strip().startswith(prefixes)

"""The ground floor: what every stage shares."""

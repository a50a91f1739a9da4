"""The register of French businesses: a shop found by its name or number."""

# Tuning the sources: what a change would do, the changes made, and taking them back.

tuning-error-change-unknown = Aucun réglage ne porte le numéro { $change } : « vigie source changes » donne les derniers.

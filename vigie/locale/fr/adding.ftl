# Ajouter une source et essayer une recette depuis les pages de l’opérateur.

trial-error-unknown = L’essai n° { $trial } n’existe pas ou plus : un essai est gardé un jour, recommencez-le.
trial-error-many = { $most } essais attendent déjà : attendez leur résultat avant d’en demander un autre.

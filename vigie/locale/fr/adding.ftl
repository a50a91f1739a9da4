# Ajouter une source et essayer une recette depuis les pages de l’opérateur.

trial-error-unknown = L’essai n° { $trial } n’existe pas ou plus : un essai est gardé un jour, recommencez-le.
trial-error-many = { $most } essais attendent déjà : attendez leur résultat avant d’en demander un autre.

error-not-collecting = Cette application ne sait pas ajouter de source : lancez-la par « vigie run ».
source-error-own = « { $host } » est une machine de votre propre réseau, que Vigie ne connaît pas encore : ajoutez sa première source par la commande « vigie source add », sur la machine même.
trial-error-permission = La permission de lire { $host } est « aucune » : changez-la par « vigie site set { $host } --permission … » avant d’essayer une recette.

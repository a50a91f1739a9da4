# Sites: on what ground each is read, and its limits.

permission-unstated = non précisée
permission-own-page = page du commerce lui-même
permission-api-account = compte d’API
permission-open-data = données ouvertes
permission-written = accord écrit
permission-none = aucune

site-error-unknown = Aucun site « { $host } » : « vigie site list » donne ceux qui sont connus, avec leur port s’il est inhabituel.
site-error-stated = La permission de { $host } est déjà précisée ({ $permission }) : « vigie site set { $host } --permission … » la change pour toutes ses sources.

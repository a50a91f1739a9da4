# Sites: on what ground each is read, and its limits.

permission-unstated = non précisée
permission-own-page = page du commerce lui-même
permission-api-account = compte d’API
permission-open-data = données ouvertes
permission-written = accord écrit
permission-none = aucune

site-error-unknown = Aucun site « { $host } » : « vigie site list » donne ceux qui sont connus, avec leur port s’il est inhabituel.
site-error-stated = La permission de { $host } est déjà précisée ({ $permission }) : « vigie site set { $host } --permission … » la change pour toutes ses sources.
site-error-nothing = Rien à changer pour { $host } : donnez une permission (--permission) ou une limite (--delay, --per-day, --hours, --concurrency, --reset-limits).
site-error-hours = « { $hours } » n’est pas une plage d’heures : donnez par exemple 8-20, 22h30-6h, ou 0-24 pour toute la journée.

site-help = Les sites lus : à quel titre, et dans quelles limites.
site-list-help = Liste les sites, leur permission, leurs limites, ce que disent leurs règles, et leurs pauses.
site-none = Aucun site pour l’instant : « vigie source add » en ajoute un.
site-set-help = Précise à quel titre un site est lu et dans quelles limites, pour toutes ses sources, par exemple : vigie site set avis.example.fr --permission written --note "courriel du 3 mars" --per-day 500 --hours 8-20
site-metavar-host = SITE
site-set-permission = À quel titre : own-page (page du commerce lui-même), api-account (compte d’API), open-data (données ouvertes), written (accord écrit), none (le site n’est pas lu), unstated (non précisé).
site-set-note = Où la permission est écrite : une lettre, un contrat, une licence.
site-set-delay = Délai minimal entre deux requêtes, en secondes (sinon VIGIE_CRAWL_DELAY_S).
site-set-per-day = Nombre de requêtes par jour, au plus.
site-set-hours = Heures permises, en France, par exemple 22-6 ; 0-24 : toute la journée.
site-set-concurrency = Nombre de requêtes en même temps, au plus (sinon une).
site-set-reset = Retire d’abord toutes les limites de ce site.
site-stated = { $host } : permission { $permission } ; { $limits }.
site-limit-delay = { $seconds } s entre deux requêtes
site-limit-per-day = { $count ->
        [one] une requête par jour
       *[other] { $count } requêtes par jour
    }
site-limit-hours = de { $start } à { $end }
site-limit-concurrency = { $count ->
        [one] une requête à la fois
       *[other] { $count } requêtes à la fois
    }
site-limit-none = limites par défaut
site-paused = jusqu’au { $until } (réponse { $reason })
site-robots = robots.txt : { $said }
site-tdm = réserve TDM : { $said }
site-column-host = Site
site-column-sources = Sources
site-column-permission = Permission
site-column-limits = Limites et règles
site-column-today = Requêtes du jour
site-column-pause = Pause
site-waiting = La source n° { $source } attend : { $why ->
        [paused] le site a demandé d’attendre, ou était en panne
        [hours] le site n’est lu qu’à certaines heures
       *[budget] le nombre de requêtes permis par jour est atteint
    }. Elle sera lue à partir du { $until }.

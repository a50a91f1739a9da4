# Tuning the sources: what a change would do, the changes made, and taking them back. The page and
# the command say the same.

every-days = { $count ->
        [1] chaque jour
       *[other] tous les { $count } jours
    }
every-hours = { $count ->
        [1] chaque heure
       *[other] toutes les { $hours } heures
    }
every-minutes = toutes les { $count } minutes
lasting-minutes = { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
lasting-hours = { $count ->
        [one] { $hours } heure
       *[other] { $hours } heures
    }
lasting-days = { $count ->
        [one] { $days } jour
       *[other] { $days } jours
    }

tuning-cadence = Cadence
tuning-cadence-cron = cron { $cron }
tuning-cadence-adaptive = adaptée aux nouveautés (environ { $every })
tuning-kind-adaptive = aussi souvent que des nouveautés arrivent
tuning-cron-label = Expression cron
tuning-cron-help = Par exemple « 0 6 * * 1-5 » : à 6 h, du lundi au vendredi.
tuning-platform = Service
tuning-platform-all = Tous
tuning-full_cadence_s = Lecture complète
tuning-paused = En pause
tuning-run_requested_at = Lecture à la demande
tuning-requests_per_day = Budget du site
tuning-hours = Heures du site
tuning-min_delay_s = Délai du site
tuning-concurrency = Requêtes à la fois
tuning-usual = comme d’habitude
tuning-yes = oui
tuning-no = non
tuning-asked = demandée
tuning-not-asked = aucune
tuning-no-budget = sans limite
tuning-all-day = toute la journée

tuning-load = { $host } : { $after } { $count ->
        [one] requête
       *[other] requêtes
    } par jour (aujourd’hui { $before }) ; budget : { $budget }.
tuning-over = { $host } : { $wanted } { $count ->
        [one] requête
       *[other] requêtes
    } par jour pour un budget de { $budget } : tout y sera lu { $times } fois moins souvent que demandé. Augmentez le budget, ou espacez les lectures.
tuning-held-back-off = { $host } a demandé d’attendre, ou était en panne : rien n’y est lu avant le { $until }.
tuning-held-budget = Le budget de { $host } est épuisé pour aujourd’hui : rien n’y est lu avant le { $until }.
tuning-delay = Un nouvel avis sera vu au bout de { $after } en moyenne, contre { $before } aujourd’hui : { $change ->
        [less] c’est plus tôt
       *[more] c’est plus tard
    }.
tuning-delay-same = Un nouvel avis sera vu au bout de { $after } en moyenne, comme aujourd’hui.
tuning-delay-first = Un nouvel avis sera vu au bout de { $after } en moyenne ; aujourd’hui, rien n’est lu par l’horloge.
tuning-delay-none = Plus rien ne sera lu par l’horloge : un nouvel avis ne sera vu que si vous demandez une lecture.

tuning-action-source-cadence = Cadence changée
tuning-action-source-pause = Mise en pause
tuning-action-source-resume = Reprise
tuning-action-source-run-now = Lecture demandée
tuning-action-site-limits = Limites de site changées
tuning-action-source-tune = Plusieurs réglages
tuning-action-undo = Annulation d’un réglage

tuning-made = { $count ->
        [one] Un réglage est fait : { $names }{ $more ->
            [0] {""}
           *[other] {" "}et { $more } autres
        }.
       *[other] { $count } réglages sont faits : { $names }{ $more ->
            [0] {""}
            [one] {" "}et { $more } autre
           *[other] {" "}et { $more } autres
        }.
    }
tuning-undone = { $count ->
        [one] Le réglage est annulé : { $names }.
       *[other] { $count } réglages sont annulés : { $names }{ $more ->
            [0] {""}
            [one] {" "}et { $more } autre
           *[other] {" "}et { $more } autres
        }.
    }
tuning-left = { $count ->
        [one] Laissé tel quel, car changé depuis : { $names }.
       *[other] { $count } laissés tels quels, car changés depuis : { $names }{ $more ->
            [0] {""}
            [one] {" "}et { $more } autre
           *[other] {" "}et { $more } autres
        }.
    }

tuning-error-change-unknown = Aucun réglage ne porte le numéro { $change } : « vigie source changes » donne les derniers.
tuning-error-changed-since = Rien n’est annulé : { $names }{ $more ->
        [0] {" "}a changé depuis ou n’existe plus
        [one] {" "}et { $more } autre ont changé depuis ou n’existent plus
       *[other] {" "}et { $more } autres ont changé depuis ou n’existent plus
    }. Faites un nouveau réglage.
tuning-error-undone = Le réglage n° { $change } est déjà annulé.
tuning-error-many = Plus de { $most } sources à la fois : choisissez-en moins, par exemple par site ou par métier.
tuning-error-import = La source n° { $source } ({ $label }) est un import : aucune horloge ne la lit, il n’y a rien à régler.
tuning-error-every = « { $given } » n’est pas un intervalle : donnez un nombre d’heures de { $least } à { $most }.
tuning-error-budget = « { $given } » n’est pas un budget : donnez un nombre de requêtes par jour de 1 à { $most }.
tuning-error-cadences = Plusieurs cadences sont données à la fois : gardez l’intervalle, l’expression cron ou la cadence adaptée.
tuning-error-nothing = Rien n’est demandé : donnez une cadence, une pause, une lecture, un budget ou des heures.
tuning-error-none-chosen = Aucune source n’est choisie : cochez-en au moins une, ou cochez « toutes ».
tuning-error-secret = « { $name } » contient un caractère qui ne s’écrit pas (un retour à la ligne, par exemple) : copiez la valeur de nouveau.

tuning-title = { $count ->
        [one] Régler une source
       *[other] Régler { $count } sources
    }
tuning-which = { $count ->
        [one] La source choisie
       *[other] Les { $count } sources choisies
    }
tuning-form-title = Changer les réglages
tuning-form-again = Demander autre chose
tuning-leave = Laisser tel quel
tuning-state = Lecture par l’horloge
tuning-run-none = Ne rien demander
tuning-run-retry = Réessayer celles qui vont mal
tuning-hours-help = De 0,25 à 744 heures ; remplace le choix de la liste.
tuning-site-legend = Le site, pour toutes ses sources
tuning-sites-legend = Les sites, pour toutes leurs sources
tuning-budget-label = Requêtes par jour, au plus
tuning-budget-help = Vide : inchangé.
tuning-budget-free = Sans limite de requêtes
tuning-window-label = Heures permises
tuning-window-help = Par exemple 8-20 ou 22h30-6h ; 0-24 : toute la journée. Vide : inchangé.
tuning-preview = Voir l’effet
tuning-confirm = Confirmer ce réglage
tuning-cancel = Ne rien changer
tuning-effect-title = Ce que cela ferait
tuning-nothing-written = Rien n’est encore changé. Les requêtes par jour sont comptées sur les lectures des 28 derniers jours, fichiers de règles compris ; les lectures à venir supposent des sites qui répondent.
tuning-no-edit = Tout est déjà ainsi : il n’y a rien à changer.
tuning-moved = Quelque chose a changé entre l’aperçu et la confirmation : voici l’effet tel qu’il serait maintenant. Confirmez s’il vous convient.
tuning-edits-title = Ce qui change
tuning-edits-count = { $count ->
        [one] Un changement
       *[other] { $count } changements
    }
tuning-more-edits = { $count ->
        [one] et un autre
       *[other] et { $count } autres
    }
tuning-more-sites = { $count ->
        [one] et un autre site
       *[other] et { $count } autres sites
    }
tuning-now-title = Rythme de lecture
tuning-refused = { $count ->
        [one] Cette source ne se lit pas en ce moment : tant que cela dure, aucun avis n’y sera vu, et demander plus souvent n’y changera rien.
       *[other] { $count } de ces sources ne se lisent pas en ce moment : tant que cela dure, aucun avis n’y sera vu, et demander plus souvent n’y changera rien.
    }
tuning-standing = Un nouvel avis est vu au bout de { $delay } en moyenne.
tuning-standing-none = Rien n’est lu par l’horloge.
tuning-loads-title = Requêtes par jour de chaque site, toutes ses sources comprises
tuning-column-now = Aujourd’hui
tuning-column-after = Ensuite
tuning-column-budget = Budget
tuning-column-what = Source ou site
tuning-column-setting = Réglage
tuning-column-before = Avant
tuning-column-then = Après
tuning-over-short = dépassé
tuning-next-title = Les dix prochaines lectures
tuning-next-none = Aucune lecture n’est prévue.
tuning-trade = Métier
tuning-pick = Choisir { $source } ({ $shop })
tuning-bulk = Réglage de plusieurs sources
tuning-bulk-help = Cochez des sources, ou prenez toutes celles de la liste ; chaque bouton montre d’abord ce qui changerait.
tuning-bulk-all = { $count ->
        [one] toutes (une source)
       *[other] toutes celles de cette liste ({ $count } sources)
    }
tuning-bulk-submit = Régler…

tuning-changes-title = Réglages faits
tuning-changes-lead = Qui a changé quoi, de quelle valeur à quelle autre, et quand. Chaque réglage s’annule d’un clic.
tuning-changes-all = Tous les réglages
tuning-changes-none = Aucun réglage n’a encore été fait.
tuning-changes-none-here = Aucun réglage n’a encore été fait ici.
tuning-change-number = Réglage n° { $number }
tuning-by-command = ligne de commande
tuning-undone-badge = annulé
tuning-undo-label = Annuler le réglage n° { $number }

tuning-credentials-title = Identifiants du service
tuning-credentials-lead = Ce que { $platform } demande pour être lu. Les secrets sont chiffrés, et ne sont plus jamais montrés.
tuning-credentials-help = Un champ laissé vide garde ce qu’il avait. La source est relue aussitôt.
tuning-credentials-site = Valable pour toutes les sources de { $host }
tuning-credentials-submit = Enregistrer
tuning-credentials-change = Remplacer
tuning-credentials-change-all = Donner de nouveaux identifiants
tuning-credentials-kept = Les identifiants sont enregistrés pour { $source } : la source est relue dans la minute.
tuning-credential-missing = Manque encore.
tuning-credential-locked = Chiffré avec une clé perdue : donnez-le de nouveau.
tuning-credential-kept = { $value }, depuis le { $day }.
tuning-credential-shared = Commun aux sources du site.
tuning-credential-plain = { $value }

log-title = Journal des lectures
log-all = Tout le journal
log-outcomes = Issue des lectures
log-count = { $count ->
        [one] { $count } lecture
       *[other] { $count } lectures
    }
log-no-match = Aucune lecture n’a eu cette issue.
log-crawl-title = Lecture du { $when }
log-duration = Durée
log-pages = Pages demandées
log-stated = ({ $count } annoncés par la page)
log-new = Nouveautés
log-changed = Changements
log-reach = Étendue
log-reach-whole = toutes les pages
log-reach-known = jusqu’au dernier avis connu
log-reach-cut = interrompue avant la fin
log-robots-allowed = permet la lecture
log-robots-disallowed = interdit cette page
log-robots-unreachable = ne répond pas
log-tdm = Réserve de fouille (TDM)
log-tdm-none = aucune
log-tdm-reserved = page réservée
log-pause = demandée par le site (réponse { $status })
log-pages-kept = { $all ->
        [one] Une page
       *[other] { $count } pages sur { $all }
    }
log-pages-none = Aucune page n’a été demandée.
log-before = Lecture précédente
log-after = Lecture suivante

crawl-error-unknown = Aucune lecture ne porte le numéro { $crawl } : revenez au journal de la source.

tune-help = Montre ce qu’un réglage changerait (requêtes par jour de chaque site, délai avant qu’un avis soit vu, prochaines lectures), puis le fait ; avec --preview, montre seulement. Les sources sont données par leurs numéros, ou par ce qu’elles ont en commun. Par exemple : vigie source tune 3 5 --every 6 --preview
tune-search = Sources dont le commerce, le nom ou l’adresse contient ces mots.
tune-health = Sources dans cet état.
tune-platform = Sources lues par ce service.
tune-site = Sources de ce site.
tune-trade = Sources des commerces de ce métier.
tune-every = Intervalle entre deux lectures, en heures.
tune-cron = Moments de lecture, en cinq champs, par exemple "0 6 * * 1-5".
tune-adaptive = Lit aussi souvent que des nouveautés arrivent.
tune-full-every = Intervalle entre deux lectures de toutes les pages, en jours.
tune-pause = Met en pause, ou reprend.
tune-run-now = Demande une lecture.
tune-retry = Demande une lecture des sources qui vont mal.
tune-site-budget = Requêtes par jour, au plus, de chacun de leurs sites ; none : sans limite.
tune-site-hours = Heures permises de leurs sites, par exemple 8-20 ; 0-24 : toute la journée.
tune-preview = Montre l’effet sans rien changer.
tune-nothing-written = Rien n’est changé : la même commande sans --preview fait ce réglage.
tune-undo-hint = « vigie source undo { $number } » l’annule.
tune-undo-help = Annule un réglage (le dernier, sans numéro). Ce qui a changé depuis est laissé tel quel.
tune-changes-help = Liste les derniers réglages : qui, quoi, de quelle valeur à quelle autre, quand.
tune-error-which = Donnez soit des numéros de sources, soit ce qu’elles ont en commun (--search, --health, --platform, --site, --trade).
tune-error-none = Aucune source ne correspond : « vigie source list » les donne toutes.
tune-error-nothing-made = Aucun réglage n’est à annuler.
tune-column-number = N°
tune-column-at = Quand
tune-column-who = Qui
tune-column-action = Quoi
tune-column-edits = Réglages
tune-column-undone = État

sites-title = Sites
sites-lead = Ce que chaque site reçoit de Vigie par jour, et ses limites : elles valent pour toutes ses sources.
sites-count = { $count ->
        [one] { $count } site
       *[other] { $count } sites
    }
sites-planned = Prévues par jour
sites-made = Faites aujourd’hui
sites-tune = Régler
sites-none = Aucun site pour l’instant : « vigie source add » en ajoute un avec sa première source.
sites-no-match = Aucun site ne correspond à cette recherche.

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

tuning-cadence_s = Cadence
tuning-full_cadence_s = Lecture complète
tuning-paused = En pause
tuning-run_requested_at = Lecture à la demande
tuning-requests_per_day = Budget du site
tuning-hours = Heures du site
tuning-yes = oui
tuning-no = non
tuning-asked = demandée
tuning-not-asked = aucune
tuning-no-budget = sans limite
tuning-all-day = toute la journée

tuning-load = { $host } : { $after } requêtes par jour (aujourd’hui { $before }) ; budget : { $budget }.
tuning-over = { $host } : { $wanted } requêtes par jour pour un budget de { $budget } : tout y sera lu { $times } fois moins souvent que demandé. Augmentez le budget, ou espacez les lectures.
tuning-delay = Un nouvel avis sera vu au bout de { $after } en moyenne, contre { $before } aujourd’hui : { $change ->
        [less] c’est plus tôt
       *[more] c’est plus tard
    }.
tuning-delay-same = Un nouvel avis sera vu au bout de { $after } en moyenne, comme aujourd’hui.
tuning-delay-first = Un nouvel avis sera vu au bout de { $after } en moyenne ; aujourd’hui, rien n’est lu par l’horloge.
tuning-delay-none = Plus rien ne sera lu par l’horloge : un nouvel avis ne sera vu que si vous demandez une lecture.

tuning-action-source-cadence = Cadence changée
tuning-action-source-pause = Mise en pause
tuning-action-source-resume = Reprise
tuning-action-source-run-now = Lecture demandée
tuning-action-site-limits = Limites de site changées
tuning-action-source-tune = Réglage de plusieurs choses
tuning-action-undo = Annulation d’un réglage

tuning-made = { $count ->
        [one] Un réglage est fait : { $names }{ $more ->
            [0] {""}
           *[other] {" "}et { $more } autres
        }.
       *[other] { $count } réglages sont faits : { $names }{ $more ->
            [0] {""}
            [one] {" "}et { $more } autre
           *[other] {" "}et { $more } autres
        }.
    }
tuning-undone = { $count ->
        [one] Le réglage est annulé : { $names }.
       *[other] { $count } réglages sont annulés : { $names }{ $more ->
            [0] {""}
            [one] {" "}et { $more } autre
           *[other] {" "}et { $more } autres
        }.
    }
tuning-left = { $count ->
        [one] Laissé tel quel, car changé depuis : { $names }.
       *[other] { $count } laissés tels quels, car changés depuis : { $names }{ $more ->
            [0] {""}
            [one] {" "}et { $more } autre
           *[other] {" "}et { $more } autres
        }.
    }

tuning-error-change-unknown = Aucun réglage ne porte le numéro { $change } : « vigie source changes » donne les derniers.
tuning-error-changed-since = Rien n’est annulé : { $names }{ $more ->
        [0] {" "}a changé depuis
        [one] {" "}et { $more } autre ont changé depuis
       *[other] {" "}et { $more } autres ont changé depuis
    }. Faites un nouveau réglage.
tuning-error-undone = Le réglage n° { $change } est déjà annulé.
tuning-error-many = Plus de { $most } sources à la fois : choisissez-en moins, par exemple par site ou par métier.
tuning-error-import = La source n° { $source } ({ $label }) est un import : aucune horloge ne la lit, il n’y a rien à régler.
tuning-error-every = « { $given } » n’est pas un intervalle : donnez un nombre d’heures de { $least } à { $most }.
tuning-error-budget = « { $given } » n’est pas un budget : donnez un nombre de requêtes par jour de 1 à { $most }.
tuning-error-nothing = Rien n’est demandé : donnez une cadence, une pause, une lecture, un budget ou des heures.

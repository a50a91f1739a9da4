# The trade's mirror: a shop beside its rivals and its trade.

mirror-title = Miroir
mirror-help = Montre un commerce à côté de ses concurrents et de son métier, et son bilan numérique.
mirror-of-five = { $value } sur 5
mirror-index = Indice
mirror-index-none = Pas encore d’avis notés ces trois dernières années.
mirror-index-note = { $count ->
        [one] entre { $low } et { $high } (sûr à 95 %) ; moyenne brute { $raw } sur { $count } avis en trois ans
       *[other] entre { $low } et { $high } (sûr à 95 %) ; moyenne brute { $raw } sur { $count } avis en trois ans
    }
mirror-answered = Avis qui ont une réponse
mirror-answered-note = { $count ->
        [0] aucun avis sur douze mois
        [one] { $answered } sur { $count } avis en douze mois
       *[other] { $answered } sur { $count } avis en douze mois
    }
mirror-delay = Temps de réponse
mirror-delay-note = une réponse sur deux vient plus vite, sur douze mois
mirror-delay-none = aucune réponse datée sur douze mois
mirror-fresh = Dernier avis
mirror-fresh-note = { $rate } avis par mois depuis un an
mirror-hours = { $count ->
        [one] { $count } heure
       *[other] { $count } heures
    }
mirror-days = { $count ->
        [one] { $count } jour
       *[other] { $count } jours
    }
mirror-rank = { $place ->
        [1] 1er sur { $among } commerces
       *[other] { $place }e sur { $among } commerces
    }
mirror-rank-none = Trop proches pour être classés : { $among } commerces, et trop peu d’avis pour dire lequel est devant.
mirror-rank-doubt = (entre la place { $best } et la place { $worst }, vu le nombre d’avis)
mirror-around-title = Face aux commerces du même métier
mirror-area-near = À moins de 10 km.
mirror-area-departement = Dans le département { $departement }.
mirror-area-nowhere = L’adresse n’est pas connue : ajoutez le code postal du commerce pour le comparer.
mirror-too-few = Trop peu de commerces pour comparer : il en faut au moins cinq autres, pour qu’aucun ne soit reconnaissable.
mirror-around-note = Chez les autres : indice de { $index } au milieu du classement, { $share } des avis ont une réponse.
mirror-rivals-title = Face aux concurrents suivis
mirror-rivals-caption = L’indice rapproche la moyenne de celle du métier, d’autant plus que les avis sont rares.
mirror-rivals-none = Aucun concurrent n’est suivi.
mirror-rivals-hidden = { $count ->
        [one] { $count } concurrent suivi n’est pas montré : c’est le client de quelqu’un d’autre.
       *[other] { $count } concurrents suivis ne sont pas montrés : ce sont les clients de quelqu’un d’autre.
    }
mirror-unrated = pas encore noté
mirror-places-title = Où l’on vous trouve
mirror-places-caption = Un avis lu à deux endroits compte une fois ; l’autre est une copie.
mirror-places-none = Aucune page n’est suivie pour ce commerce.
mirror-place = Page suivie
mirror-platform = Service
mirror-copies = Copies
mirror-listings = Annonces en ligne
mirror-elsewhere-title = Vos concurrents y sont, pas vous
mirror-elsewhere-count = { $count ->
        [one] { $count } concurrent
       *[other] { $count } concurrents
    }

# The check-up: a point, and how it stands.
mirror-checkup-title = Bilan numérique
mirror-answer-yes = Bien
mirror-answer-todo = À faire
mirror-answer-check = À vérifier
mirror-point-card-yes = Le code postal et la ville du commerce sont connus.
mirror-point-card-todo = Compléter le code postal et la ville du commerce.
mirror-point-places-yes = Des avis sont lus à { $count } endroits.
mirror-point-places-todo = { $count ->
        [0] Aucun avis n’est lu nulle part : ouvrir une fiche sur deux sites d’avis.
       *[other] Des avis ne sont lus qu’à un endroit : ouvrir une fiche sur un deuxième site d’avis.
    }
mirror-point-readable-yes = Toutes les pages suivies se lisent bien.
mirror-point-readable-todo = Des pages ne se lisent pas bien : { $labels }.
mirror-point-readable-check = Aucune page n’est suivie : lesquelles faut-il lire ?
mirror-point-enough-yes = { $count } avis en douze mois : il y en a assez (dix ou plus).
mirror-point-enough-todo = { $count ->
        [0] Aucun avis en douze mois : demander leur avis aux clients satisfaits.
        [one] { $count } avis seulement en douze mois : en demander aux clients, jusqu’à dix au moins.
       *[other] { $count } avis seulement en douze mois : en demander aux clients, jusqu’à dix au moins.
    }
mirror-point-fresh-yes = { $days ->
        [0] Le dernier avis est d’aujourd’hui.
        [one] Le dernier avis a { $days } jour.
       *[other] Le dernier avis a { $days } jours.
    }
mirror-point-fresh-todo = Le dernier avis a { $days } jours : au-delà de soixante, les clients doutent. En demander de nouveaux.
mirror-point-fresh-check = Pas encore d’avis : le premier est à demander.
mirror-point-answered-yes = { $answered } avis sur { $count } ont une réponse : la moitié au moins.
mirror-point-answered-todo = { $answered ->
        [0] Aucun avis n’a de réponse : répondre à la moitié au moins.
        [one] Un avis sur { $count } a une réponse : répondre à la moitié au moins.
       *[other] { $answered } avis sur { $count } ont une réponse : répondre à la moitié au moins.
    }
mirror-point-answered-check = Les réponses se jugeront quand il y aura des avis.
mirror-point-negative-yes = Aucun avis négatif des trois derniers mois n’attend de réponse.
mirror-point-negative-todo = { $count ->
        [one] Un avis négatif des trois derniers mois attend une réponse.
       *[other] { $count } avis négatifs des trois derniers mois attendent une réponse.
    }
mirror-point-negative-check = Pas d’avis depuis un an : y en a-t-il ailleurs qui attendent une réponse ?
mirror-point-quick-yes = Les réponses viennent vite : une semaine au plus.
mirror-point-quick-todo = Les réponses viennent au bout de { $days } jours : répondre dans la semaine.
mirror-point-quick-check = Le temps de réponse n’est pas connu : les réponses ne sont pas datées.
mirror-point-offers-yes = Le commerce a des annonces en ligne.
mirror-point-offers-check = Aucune annonce n’est suivie : le commerce vend-il en ligne, ou pourrait-il le faire ?
mirror-point-elsewhere-yes = Aucun concurrent connu n’est sur un site où le commerce n’est pas.
mirror-point-elsewhere-check = Aucun concurrent n’est montré ici : qui sont-ils, et où les trouve-t-on ?
mirror-point-elsewhere-todo = Des concurrents sont là où le commerce n’est pas : { $hosts }.

# The command.
mirror-text-title = Miroir : { $name }
mirror-text-index = { $count ->
        [one] Indice : { $value }, entre { $low } et { $high } ({ $count } avis en trois ans).
       *[other] Indice : { $value }, entre { $low } et { $high } ({ $count } avis en trois ans).
    }
mirror-text-last = Dernier avis : { $day }.
mirror-text-answered = Avis qui ont une réponse, sur douze mois : { $share }.

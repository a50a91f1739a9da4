# La vie d’une alerte : où elle en est, ce qu’on peut en faire, ce qui en a été fait.

alert-list-title = Toutes les alertes
alert-list-none = Aucune alerte pour l’instant : Vigie n’a rien vu qui sorte de l’ordinaire.
alert-detected = repérée par Vigie le { $moment }
alert-todo = À faire :
alert-expires = Cette alerte se clôt d’elle-même après le { $day }.
alert-evidence = Sur quoi elle repose
alert-evidence-some = { $shown ->
        [one] Un exemple sur { $count } avis.
       *[other] { $shown } exemples sur { $count } avis.
    }
alert-evidence-rival = chez un concurrent
alert-evidence-gone = n’est plus en ligne
alert-evidence-open = Voir l’avis sur le site
alert-actions = Que voulez-vous en faire ?
alert-close = Clore
alert-reopen = Rouvrir
alert-snooze = Reporter
alert-snooze-title = Me la rappeler
alert-snooze-week = dans une semaine
alert-snooze-month = dans un mois
alert-snooze-day = à cette date
alert-snooze-date = Date du rappel
alert-judge-title = Cette alerte vous a-t-elle été utile ?
alert-judge-note = Votre réponse dit à Vigie quelles alertes valent la peine. Vous pouvez en changer.
alert-useful = Utile
alert-useless = Pas utile
alert-unjudge = Retirer ma réponse

alert-state-open = Ouverte
alert-state-acknowledged = Déjà lue
alert-state-snoozed = Reportée au { $day }
alert-state-closed = { $reason ->
        [person] Close
        [expired] Close : sa date est passée
        [over] Close : ce qu’elle disait n’est plus vrai
       *[none] Close
    }

alert-history = Ce qui s’est passé
alert-history-none = Personne n’a encore rien fait de cette alerte.
alert-move = { $who } { $what }.
alert-move-vigie = Vigie
alert-did-acknowledged = a noté l’alerte comme vue
alert-did-snoozed = a reporté l’alerte au { $day }
alert-did-open = { $reason ->
        [woken] a rappelé l’alerte, à la date choisie
        [evidence] a rouvert l’alerte : de nouveaux éléments sont venus
        [again] a rouvert l’alerte : ce qu’elle disait est de nouveau vrai
       *[none] a rouvert l’alerte
    }
alert-did-closed = { $reason ->
        [expired] a clos l’alerte : sa date est passée
        [over] a clos l’alerte : ce qu’elle disait n’est plus vrai
       *[none] a clos l’alerte
    }
alert-did-undone = a annulé sa dernière action

alert-notice-closed = L’alerte est close.
alert-notice-snoozed = L’alerte reviendra le { $until }.
alert-notice-undone = C’est annulé.
alert-notice-judged = Merci, votre réponse est notée.
alert-notice-unjudged = Votre réponse est retirée.
alert-error-undo = Impossible d’annuler : l’alerte a changé depuis. Choisissez une action sur sa page.
alert-error-day-missing = Choisissez une date dans le calendrier, ou un des délais proposés.
alert-error-day-unreadable = La date « { $day } » ne se lit pas : choisissez un jour du calendrier.
alert-error-day-bounds = Le { $day } ne convient pas : choisissez « à cette date », puis un jour à venir, d’ici un an.

precision-title = Justesse des alertes
precision-lead = Ce que les gens ont répondu à « Cette alerte vous a-t-elle été utile ? », par sorte d’alerte.
precision-note = Une alerte jugée par plusieurs personnes compte une fois. L’intervalle à 95 % dit ce que vaut la part sur si peu de réponses.
precision-none = Aucune alerte n’a encore été donnée.
precision-kind = Sorte d’alerte
precision-told = Envoyées
precision-judged = Jugées
precision-share = Utiles
alert-kind-rating-shift = La note change
alert-kind-price-position = Prix par rapport au marché
alert-kind-rival-out-of-stock = Concurrent en rupture
alert-kind-rival-gone = Concurrent disparu
alert-kind-price-war = Guerre des prix
alert-kind-stale = Annonce qui dort
alert-kind-gap = Demandé et peu proposé
alert-kind-bargain = Bonne affaire
alert-kind-missing-channel = Place de marché à prendre
alert-kind-wanted = Appel d’offres
alert-kind-wanted-ad = On cherche ce que vous vendez

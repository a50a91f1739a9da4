# When each source is read: by interval, by cron, as its news come; and why.

cadence-not-yet = le rythme de ses nouveautés n’est pas encore calculé ; il le sera d’ici un jour
cadence-reason = { $news } : lu { $every }
cadence-borrowed = {" "}(surtout d’après des sources semblables, faute de recul)
cadence-bound-ceiling = , car rien ne reste plus de { $days } jours sans être lu
cadence-bound-shortest = , le plus souvent possible
cadence-bound-budget = , dans la limite des requêtes permises par jour à ce site
cadence-reviews-per-day = environ { $count ->
        [1] un
       *[other] { $count }
    } avis par jour
cadence-reviews-per-week = environ { $count ->
        [1] un
       *[other] { $count }
    } avis par semaine
cadence-reviews-per-month = environ { $count ->
        [1] un
       *[other] { $count }
    } avis par mois
cadence-reviews-per-year = environ { $count ->
        [1] un
       *[other] { $count }
    } avis par an
cadence-reviews-rare = moins d’un avis par an
cadence-changes-per-day = les annonces changent environ { $count ->
        [1] une
       *[other] { $count }
    } fois par jour
cadence-changes-per-week = les annonces changent environ { $count ->
        [1] une
       *[other] { $count }
    } fois par semaine
cadence-changes-per-month = les annonces changent environ { $count ->
        [1] une
       *[other] { $count }
    } fois par mois
cadence-changes-per-year = les annonces changent environ { $count ->
        [1] une
       *[other] { $count }
    } fois par an
cadence-changes-rare = les annonces changent moins d’une fois par an

cadence-set-help = Change la cadence d’une source, son nom ou son adresse, par exemple : vigie source set 3 --every 12 --full-every 14, ou --cron "0 6 * * 1-5", ou --adaptive, ou --url https://avis.example.fr/nouvelle-page
cadence-set-cron = Quand la lire, en cinq champs cron, à l’heure de Paris : "0 6 * * 1-5" pour 6 h du lundi au vendredi.
cadence-set-adaptive = La lire au rythme de ses nouveautés : l’intervalle est calculé chaque jour (voir vigie cadence).
cadence-set = Cadence réglée pour { $label } : { $rhythm } ; lecture complète tous les { $days } jours.
cadence-set-next = Prochaine lecture le { $at }.
cadence-help = Recalcule les cadences adaptées aux nouveautés et explique chacune ; l’horloge le fait chaque jour.
cadence-none = Aucune source n’a de cadence adaptée : « vigie source set N --adaptive » en donne une.
cadence-column-reason = Pourquoi
cadence-made = { $count ->
        [one] Une cadence calculée, { $changed } changée.
       *[other] { $count } cadences calculées, { $changed } changées.
    }
cadence-delay = Une nouveauté est vue au bout de { $delay } en moyenne, contre { $even } avec autant de requêtes à intervalles égaux.

cadence-error-cron = « { $given } » n’est pas une expression cron : il faut cinq champs (minute, heure, jour du mois, mois, jour de la semaine), par exemple « 0 6 * * 1-5 » pour 6 h du lundi au vendredi.
cadence-error-never = « { $given } » ne tombe jamais : ce jour n’existe dans aucun mois choisi.
cadence-error-often = « { $given } » revient plus d’une fois en { $minutes } minutes : espacez les lectures, par exemple « */30 * * * * ».

source-set-label = Nom affiché.
source-set-url = Nouvelle adresse d’une page qui a déménagé ; ses avis et ses annonces restent.
source-moved = La source n° { $number } est désormais lue à { $url } : tout y sera relu à la prochaine lecture, « vigie crawl --source { $number } » la fait tout de suite.
source-renamed = La source n° { $number } s’appelle désormais { $label }.
source-error-label = Le nom est vide : donnez-en un.
source-error-unmovable = La source n° { $source } ({ $label }) n’est pas une page web : un autre lieu d’un service est une autre source, « vigie source add » l’ajoute.

# What detection would have told on a file of dated ratings.

replay-down = Le { $day } : la note baisse depuis le { $since }, de { $before } étoiles (entre { $before_low } et { $before_high }, sur { $before_count } avis) à { $after } (entre { $after_low } et { $after_high }, sur { $after_count } avis).
replay-up = Le { $day } : la note monte depuis le { $since }, de { $before } étoiles (entre { $before_low } et { $before_high }, sur { $before_count } avis) à { $after } (entre { $after_low } et { $after_high }, sur { $after_count } avis).
replay-summary = { $told ->
        [0] Aucun changement
        [one] Un changement
       *[other] { $told } changements
    } sur { $count ->
        [one] un avis
       *[other] { $count } avis
    }, du { $first } au { $last }.
replay-too-early = Trop tôt pour le dire : { $count ->
        [one] un avis
       *[other] { $count } avis
    } pour { $least } qu’il faut pour commencer à comparer.
replay-false-alarms = Quand rien ne change, une fausse alerte tous les { $arl0 } avis en moyenne ; les intervalles sont à 95 %.
replay-row-rating = elle n’a pas de note : donnez-la, par exemple 4, 4,5 ou 9/10.
replay-row-date = elle n’a pas de date : donnez-la, par exemple 2024-03-12.
replay-nothing = Le fichier { $path } n’a aucune ligne avec une date et une note : corrigez celles qui sont signalées.
replay-arl0 = --arl0 vaut { $arl0 } : donnez un nombre d’avis entre 10 et 1 000 000.
replay-alone = { $option } ne va pas { $replay ->
        [with] avec --replay : un fichier ne touche à aucun commerce.
       *[without] sans --replay : donnez le fichier à rejouer, ou réglez VIGIE_ARL0.
    }
replay-help = Rejoue un fichier CSV d’avis datés (colonnes date, note et, si elle n’est pas sur 5, échelle) : ce qui aurait été dit, et quand. Rien n’est écrit.
replay-arl0-help = Nombre moyen d’avis entre deux fausses alertes, avec --replay.

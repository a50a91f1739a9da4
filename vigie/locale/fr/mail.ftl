# The weekly mail, in HTML and in plain text.

# The subject says the most important thing first: a telephone shows some forty characters.
mail-subject-alert = { $headline } ({ $shop })
mail-subject-standing = { $headline }, et cela dure ({ $shop })
mail-subject-answer = { $count ->
        [one] Un avis défavorable attend votre réponse ({ $shop })
       *[other] { $count } avis défavorables attendent votre réponse ({ $shop })
    }
mail-subject-news = { $count ->
        [one] Un nouvel avis
       *[other] { $count } nouveaux avis
    }, note { $level } sur 5 ({ $shop })
mail-subject-news-unrated = { $count ->
        [one] Un nouvel avis ({ $shop })
       *[other] { $count } nouveaux avis ({ $shop })
    }
mail-subject-trouble = { $source } n’a pas pu être lu ({ $shop })
mail-subject-quiet = Semaine calme, aucun nouvel avis ({ $shop })
mail-subject-empty = Pas encore d’avis lu ({ $shop })

mail-period = Semaine du { $start } au { $end }

# What is new.
mail-news = { $count ->
        [0] Aucun nouvel avis cette semaine.
        [one] Un nouvel avis cette semaine, { $tones }.
       *[other] { $count } nouveaux avis cette semaine{ $alone ->
            [yes] {","} { $tones }.
           *[no] {" "}: { $tones }.
        }
    }
mail-tone-all = { $count ->
        [one] { $tone }
       *[other] tous { $tone }
    }
mail-tone-pos = { $count ->
        [one] favorable
       *[other] favorables
    }
mail-tone-neu = { $count ->
        [one] mitigé
       *[other] mitigés
    }
mail-tone-neg = { $count ->
        [one] défavorable
       *[other] défavorables
    }
mail-none-yet = Aucun avis n’a encore été lu pour ce commerce. Le premier point suivra dès qu’une source aura répondu.

# The level. Seven months are the four weeks and the half year that the trend compares.
mail-level-month = Note des quatre dernières semaines : { $level } sur 5 ({ $count } avis).
mail-level-long = Note des sept derniers mois : { $level } sur 5 ({ $count } avis).

mail-trend-down-large = En baisse nette : { $before } { $when }. La perte réelle se situe sans doute entre { $least } et { $most } { $size ->
        [one] étoile
       *[other] étoiles
    }.
mail-trend-down-small = En légère baisse : { $before } { $when }. La perte réelle se situe sans doute entre { $least } et { $most } { $size ->
        [one] étoile
       *[other] étoiles
    }.
mail-trend-up-large = En hausse nette : { $before } { $when }. Le gain réel se situe sans doute entre { $least } et { $most } { $size ->
        [one] étoile
       *[other] étoiles
    }.
mail-trend-up-small = En légère hausse : { $before } { $when }. Le gain réel se situe sans doute entre { $least } et { $most } { $size ->
        [one] étoile
       *[other] étoiles
    }.
mail-trend-steady = { $same ->
        [yes] Stable : { $before } aussi { $when }.
       *[no] Stable : { $before } { $when }, un écart trop petit pour y voir un changement.
    }
mail-trend-before = { $dated ->
        [yes] avant le { $day }
       *[no] les six mois d’avant
    }
mail-trend-unknown = Trop peu d’avis récents pour parler de hausse ou de baisse.

# Figures side by side at the top of the HTML.
mail-figure-new = { $count ->
        [one] nouvel avis
       *[other] nouveaux avis
    }
mail-figure-stars = sur 5
mail-figure-month = ces 4 dernières semaines ({ $count } avis)
mail-figure-long = ces 7 derniers mois ({ $count } avis)

mail-reminder = Toujours en cours

mail-complained = Ce qui déplaît
mail-praised = Ce qui plaît
mail-over-month = ces quatre dernières semaines
mail-theme = { $aspect }, { $count } clients
mail-quote = « { $text } »
mail-quote-by = { $known ->
        [yes] { $author }, { $source }, { $day }
       *[no] { $source }, { $day }
    }

mail-todo = À faire
mail-answer = { $known ->
        [yes] L’avis { $author }, { $stars }/5, du { $day } ({ $source })
       *[no] L’avis du { $day }, { $stars }/5 ({ $source })
    }
mail-troubles = Lecture des sites
mail-healthy = Lus sans incident : { $sources }.

mail-chart-alt = Courbe de la note moyenne, du { $start } au { $end } : { $first } sur 5 au début, { $last } à la fin.

mail-dashboard = Voir le tableau de bord
mail-dashboard-text = Tableau de bord : { $url }

mail-why = Vous recevez ce point chaque semaine parce que cette adresse est celle du commerce dans Vigie.
mail-stop = { $known ->
        [yes] Pour l’arrêter ou changer d’adresse :
       *[no] Pour l’arrêter ou changer d’adresse, répondez à ce message.
    }
mail-stop-subject = Ne plus recevoir le point de la semaine

# What goes wrong on the way.
mail-error-unreachable = Le serveur de courrier { $host }:{ $port } est injoignable ou refuse la connexion ({ $reason }) : vérifiez VIGIE_SMTP_HOST, VIGIE_SMTP_PORT et VIGIE_SMTP_SECURITY ; le courrier sera réessayé.
mail-error-login = Le serveur de courrier { $host }:{ $port } refuse la connexion du compte ({ $reason }) : vérifiez VIGIE_SMTP_USER et VIGIE_SMTP_PASSWORD ; le courrier sera réessayé.
mail-error-later = Le serveur de courrier { $host }:{ $port } demande d’attendre ({ $reason }) : le courrier sera réessayé.
mail-error-refused = Le serveur de courrier { $host }:{ $port } refuse le courrier pour { $recipient } ({ $reason }) : vérifiez l’adresse du commerce.
mail-error-outbox = Le courrier ne peut pas être écrit dans { $path } ({ $reason }) : donnez-y les droits d’écriture ou choisissez un autre dossier avec VIGIE_DATA_DIR.
mail-error-recipient = L’adresse « { $email } » du commerce { $shop } n’est pas une adresse e-mail : corrigez-la.
mail-error-sender = VIGIE_MAIL_FROM vaut « { $value } », ce qui n’est pas un expéditeur : écrivez par exemple « Vigie <vigie@exemple.fr> ».
mail-error-too-old = { $reason } Après { $days } jours d’essais, ce courrier est abandonné.
mail-error-channel = Aucun moyen d’envoi ne s’appelle « { $channel } ».

# The pages.

web-name = Vigie
web-tagline = Ce que vos clients disent, dit à temps.
web-skip = Aller au contenu
web-nav = Navigation principale
web-nav-shops = Commerces
web-nav-sources = Sources
web-nav-account = Mon compte
web-sign-out = Se déconnecter
web-undo = Annuler
web-search = Chercher
web-show-all = Tout afficher
web-pager = Pages
web-pager-where = Page { $number } sur { $last }
web-pager-previous = Page précédente
web-pager-next = Page suivante
web-opens-site = (site extérieur)
web-of-five = { $value } sur 5

# Moments and intervals.
web-moment-now = à l’instant
web-minutes-ago = { $count ->
        [one] il y a { $count } minute
       *[other] il y a { $count } minutes
    }
web-minutes-in = { $count ->
        [one] dans { $count } minute
       *[other] dans { $count } minutes
    }
web-hours-ago = { $count ->
        [one] il y a { $count } heure
       *[other] il y a { $count } heures
    }
web-hours-in = { $count ->
        [one] dans { $count } heure
       *[other] dans { $count } heures
    }
web-today = aujourd’hui à { $time }
web-yesterday = hier à { $time }
web-tomorrow = demain à { $time }

# Signing in.
web-sign-in-title = Connexion
web-sign-in-lead = Vigie veille sur les avis et les annonces de votre commerce, et vous prévient quand quelque chose change.
web-sign-in-by-link = Recevoir un lien par e-mail
web-sign-in-by-link-help = Le plus simple : un lien, valable une heure, vous ouvre la porte sans mot de passe.
web-sign-in-by-password = Avec un mot de passe
web-email = Adresse e-mail
web-password = Mot de passe
web-remember = Rester connecté sur cet appareil
web-sign-in-submit = Se connecter
web-send-link-submit = Envoyer le lien
web-link-sent = Si un compte existe pour { $email }, un lien de connexion est en route. Il est valable une heure.
web-link-void-title = Ce lien ne fonctionne plus
web-link-void = Le lien est trop ancien, a déjà servi ou n’est pas complet. Demandez-en un nouveau : il arrive en une minute.
web-link-void-action = Demander un nouveau lien
web-link-confirm-title = Bienvenue
web-link-confirm = Ce lien ouvre le compte { $email }. Il ne sert qu’une fois.
web-link-confirm-submit = Ouvrir mon compte
web-link-mail-subject = Votre lien de connexion à Vigie
web-link-mail-text = Bonjour,

    Voici votre lien de connexion à Vigie :

    { $link }

    Il est valable une heure et ne sert qu’une fois. Si vous ne l’avez pas demandé, ne faites rien : personne n’entre sans lui.

    Vigie
web-security-generic-authn-failed = L’adresse ou le mot de passe ne convient pas. Vérifiez-les, ou demandez un lien par e-mail.
web-security-unauthenticated = Connectez-vous pour voir cette page.
web-security-unauthorized = Cette page n’est pas ouverte à votre compte.
web-security-login = Connectez-vous pour voir cette page.
web-security-disabled-account = Ce compte est fermé : écrivez à la personne qui tient cette installation.
web-security-email-not-provided = Indiquez votre adresse e-mail.
web-security-invalid-email-address = Cette adresse e-mail n’est pas complète : écrivez-la sur le modèle nom@exemple.fr.
web-security-password-not-provided = Indiquez votre mot de passe.
web-security-invalid-redirect = Cette adresse mène hors de Vigie : connectez-vous, puis choisissez la page dans le menu.

# The account.
web-account-title = Mon compte
web-account-signed-in-as = Connecté sous l’adresse { $email }.
web-password-title-set = Choisir un mot de passe
web-password-title-change = Changer de mot de passe
web-password-current = Mot de passe actuel
web-password-new = Nouveau mot de passe
web-password-again = Le même, une seconde fois
web-password-help = { $least } caractères au moins ; une phrase convient très bien.
web-password-submit = Enregistrer
web-password-none = Ce compte s’ouvre par lien. Pour y mettre un mot de passe, reconnectez-vous par un lien : la demande doit venir de votre boîte aux lettres.
web-password-needs-link = Pour choisir un mot de passe, reconnectez-vous d’abord par un lien envoyé par e-mail.
web-password-wrong = Le mot de passe actuel ne convient pas : réessayez, ou reconnectez-vous par un lien.
web-password-length = Le nouveau mot de passe doit compter de { $least } à { $most } caractères : allongez-le ou raccourcissez-le.
web-password-differs = Les deux mots de passe diffèrent : écrivez deux fois le même.
web-password-changed = Le mot de passe est enregistré. Les autres appareils ont été déconnectés.
web-everywhere-title = Appareils
web-everywhere-help = Un téléphone perdu, un lien transmis par erreur ? Ceci ferme toutes les sessions et annule tous les liens de ce compte.
web-everywhere-submit = Déconnecter tous les appareils
web-signed-out-everywhere = Tous les appareils sont déconnectés.

# Errors.
web-error-400-title = Demande incomprise
web-error-400 = La page a reçu une demande qu’elle ne comprend pas. Revenez en arrière et recommencez.
web-error-403-title = Accès réservé
web-error-403 = Cette page est réservée aux opérateurs de l’installation. Demandez-leur un accès s’il vous en faut un.
web-error-404-title = Page introuvable
web-error-404 = Cette page n’existe pas, ou n’est pas ouverte à votre compte. Revenez à la liste de vos commerces.
web-error-405-title = Demande incomprise
web-error-405 = Cette adresse ne s’ouvre pas ainsi. Passez par les boutons de la page.
web-error-413-title = Envoi trop lourd
web-error-413 = Ce qui a été envoyé dépasse ce qu’un formulaire de Vigie peut contenir. Raccourcissez et recommencez.
web-error-429-title = Trop d’essais
web-error-429 = Trop d’essais en peu de temps. Patientez une minute, puis recommencez.
web-error-500-title = Une erreur de notre côté
web-error-500 = Quelque chose a échoué de notre côté, et l’incident est noté au journal. Réessayez dans un instant.
web-error-503-title = Base de données occupée
web-error-503 = La base de données ne répond pas pour l’instant. Rien n’est perdu : réessayez dans une minute.
web-error-csrf-title = Formulaire expiré
web-error-csrf = Ce formulaire a été ouvert il y a trop longtemps, ou dans une autre session. Revenez à la page, rechargez-la et recommencez.
web-error-other-title = Demande impossible
web-error-other = Cette demande ne peut pas être traitée. Revenez à la liste de vos commerces.
web-error-home = Revenir aux commerces
error-alert-unknown = Aucune alerte ne porte le numéro { $alert } : revenez au tableau de bord.
error-listing-unknown = Aucune annonce ne porte le numéro { $listing } : revenez à la liste.
error-password-short = Ce mot de passe est trop court : donnez-en un d’au moins { $least } caractères.

# The shops.
web-home-title = Commerces
web-home-count = { $count ->
        [one] { $count } commerce
       *[other] { $count } commerces
    }
web-home-search = Nom, ville ou métier
web-home-empty-title = Aucun commerce pour l’instant
web-home-empty-operator = Ajoutez le premier avec « vigie shop add », puis une source avec « vigie source add ».
web-home-empty = Votre compte n’est rattaché à aucun commerce. Demandez à la personne qui tient cette installation de vous en ouvrir un.
web-home-no-match = Aucun commerce ne correspond à « { $words } ».
web-rival = concurrent
web-open-alerts = { $count ->
        [one] { $count } alerte
       *[other] { $count } alertes
    }
web-kept-alerts = { $count ->
        [one] { $count } alerte déjà vue
       *[other] { $count } alertes déjà vues
    }
web-no-alert = Rien à signaler
web-over-a-year = sur un an
web-troubled-sources = { $count ->
        [one] { $count } source à voir
       *[other] { $count } sources à voir
    }
web-last-crawl = Lu { $when }
web-never-crawled = Pas encore lu
web-rating-none = Pas encore noté
web-recent-rated = { $count ->
        [one] { $value } ces 4 semaines (un avis)
       *[other] { $value } ces 4 semaines ({ $count } avis)
    }
web-recent-reviews = { $count ->
        [0] aucun avis en 4 semaines
        [one] { $count } avis en 4 semaines
       *[other] { $count } avis en 4 semaines
    }
web-trend-up = en hausse ({ $delta })
web-trend-down = en baisse ({ $delta })
web-trend-steady = stable
web-trend-unknown = trop peu d’avis

# A shop.
web-shop-nav = Pages du commerce
web-shop-overview = Vue d’ensemble
web-shop-reviews = Avis
web-shop-listings = Annonces
web-figure-rating = Note sur 12 mois
web-figure-rating-note = { $count } avis, entre { $low } et { $high } à 95 %
web-figure-recent = Ces 4 dernières semaines
web-figure-recent-note = { $count } avis
web-figure-trend = Tendance
web-figure-trend-note = 4 semaines face aux 6 mois d’avant
web-figure-week = Cette semaine
web-figure-week-value = { $count ->
        [0] aucun avis
       *[other] { $count } avis
    }
web-figure-week-note = { $positive ->
        [one] { $positive } positif
       *[other] { $positive } positifs
    }, { $neutral ->
        [one] { $neutral } mitigé
       *[other] { $neutral } mitigés
    }, { $negative ->
        [one] { $negative } négatif
       *[other] { $negative } négatifs
    }
web-alerts-title = Alertes
web-alerts-none-yet = Aucune alerte : il faut d’abord lire des avis.
web-alerts-too-early = { $count ->
        [one] Trop tôt pour le dire : un seul avis pour l’instant.
       *[other] Trop tôt pour le dire : { $count } avis pour l’instant.
    } Un changement se voit à partir de dix avis si d’autres commerces du même métier sont suivis, sinon de quarante.
web-alerts-none = { $falling ->
        [yes] Aucune alerte ouverte : la baisse de la note peut encore être un hasard.
       *[no] Aucune alerte ouverte : rien ne sort de l’ordinaire.
    }
web-alerts-kept = { $count ->
        [one] Aucune alerte nouvelle ; une alerte déjà vue ou reportée n’est pas close.
       *[other] Aucune alerte nouvelle ; { $count } alertes déjà vues ou reportées ne sont pas closes.
    }
web-alerts-kept-see = Les revoir
web-alert-acknowledge = J’ai vu
web-alert-acknowledge-label = J’ai vu l’alerte : { $headline }
web-alert-acknowledged = L’alerte est notée comme vue.
web-alert-reopened = L’alerte est de nouveau ouverte.
web-severity-urgent = urgent
web-severity-warning = à surveiller
web-severity-info = pour information
web-todo-title = À faire cette semaine
web-troubles-title = Lecture des sites
web-rating-chart-title = Note moyenne
web-rating-chart-note = { $span ->
        [1] Un point par semaine ; la bande montre l’incertitude (95 %).
       *[other] Un point toutes les { $span } semaines ; la bande montre l’incertitude (95 %).
    }
web-rating-chart-alt = Courbe de la note moyenne : { $first } sur 5 la semaine du { $start }, { $last } la semaine du { $end }. Le tableau des chiffres suit.
web-tone-chart-title = Ton des avis
web-tone-chart-note = Part des avis négatifs, mitigés et positifs, mois par mois.
web-tone-chart-alt = Part des avis positifs par mois : { $first } en { $start }, { $last } en { $end }. Le tableau des chiffres suit.
web-chart-table = Voir les chiffres
web-chart-empty = Pas encore assez d’avis pour tracer une courbe.
web-column-week = Semaine du
web-column-rating = Note
web-column-interval = Intervalle à 95 %
web-column-count = Avis
web-column-month = Mois
web-column-neg = Négatifs
web-column-neu = Mitigés
web-column-pos = Positifs
web-themes-title = Ce que disent les clients
web-themes-note = Sur les quatre dernières semaines.
web-themes-praised = Ce qui plaît
web-themes-complained = Ce qui déplaît
web-themes-count = { $count ->
        [one] { $count } client
       *[other] { $count } clients
    }
web-compared-title = Face aux concurrents
web-compared-note = Note moyenne sur 12 mois ; la tendance compare 4 semaines aux 6 mois d’avant.
web-compared-shop = Commerce
web-compared-rating = Note
web-compared-reviews = Avis
web-compared-trend = Tendance
web-compared-you = vous

# Reviews.
web-reviews-title = Avis
web-reviews-latest = Derniers avis
web-reviews-all = Voir tous les avis
web-reviews-count = { $count ->
        [0] Aucun avis
        [one] { $count } avis
       *[other] { $count } avis
    }
web-filter-title = Filtrer les avis
web-filter-source = Source
web-filter-source-all = Toutes
web-filter-tone = Sentiment
web-filter-tone-all = Tous
web-filter-period = Période
web-filter-period-all = Toutes
web-period-28j = 4 semaines
web-period-90j = 3 mois
web-period-12m = 12 mois
web-filter-only = Seulement
web-filter-urgent = Urgents
web-filter-disagrees = Note et texte en désaccord
web-filter-submit = Filtrer
web-filter-clear = Enlever les filtres
web-reviews-none = Aucun avis pour l’instant. Ils apparaîtront ici après la première lecture d’une source.
web-reviews-no-match = Aucun avis ne correspond à ces filtres. Élargissez la période ou enlevez un filtre.
web-tone-neg = Négatif
web-tone-neu = Mitigé
web-tone-pos = Positif
web-tone-read = texte lu comme { $polarity } ({ $stars } sur 5)
web-review-rating = Note : { $rating } sur { $best }
web-review-unrated = sans note
web-review-anonymous = Client anonyme
web-review-by-on = sur { $source }
web-review-experienced = Expérience : { $day }
web-review-edited = modifié
web-review-gone = retiré du site
web-review-about = À propos de : { $item }
web-review-empty = (sans texte)
web-review-more = Lire la suite
web-review-cut = (texte coupé ici, trop long pour la page)
web-review-reply = Réponse du commerce
web-review-reply-on = Réponse du commerce, { $day }
web-review-versions = { $count ->
        [one] Voir la version d’avant
       *[other] Voir les { $count } versions d’avant
    }
web-review-version = Jusqu’au { $day }
web-review-see = Voir sur le site
web-review-disagrees = Note et texte en désaccord
web-review-language = Avis en { $language }
web-review-language-unknown = Langue non reconnue
web-review-quote = « { $words } »
web-review-mixed = Avis partagé
web-review-praise = Ce qui plaît
web-review-complaint = Ce qui déplaît
web-urgencies = Sujet grave
web-aspects = Sujets
web-aspect = { $aspect } : { $polarity }

# Listings.
web-listings-title = Annonces
web-listings-latest = Annonces et prix
web-listings-all = Voir toutes les annonces
web-listings-count = { $count ->
        [0] Aucune annonce
        [one] { $count } annonce
       *[other] { $count } annonces
    }
web-listings-none = Aucune annonce n’a été lue pour ce commerce.
web-listing-ended = retirée le { $day }
web-listing-since = En ligne depuis le { $day }
web-listing-watched = Suivie depuis le { $day }
web-listing-no-price = Prix non indiqué
web-listing-price-chart-alt = Prix au fil du temps, de { $first } à { $last }.
web-listing-history = Historique du prix
web-listing-steady = Prix inchangé depuis le { $day }
web-listing-change-down = en baisse de { $amount }
web-listing-change-up = en hausse de { $amount }
web-column-since = Depuis le
web-column-price = Prix

# Sources.
web-sources-title = Sources
web-sources-lead = Ce que Vigie lit, avec quel succès, et quand elle y retourne.
web-sources-search = Commerce, nom ou adresse
web-sources-count = { $count ->
        [one] { $count } source
       *[other] { $count } sources
    }
web-sources-none = Aucune source pour l’instant : ajoutez-en une ici, ou par « vigie source add ».
web-sources-no-match = Aucune source ne correspond à cette recherche.
web-sources-health = État des sources
web-sources-health-all = toutes
web-source-paused-badge = en pause
web-source-never = Jamais lue.
web-source-since = depuis le { $day }
web-source-last = Dernière lecture
web-source-items = { $reviews ->
        [one] { $reviews } avis
       *[other] { $reviews } avis
    }, { $listings ->
        [one] { $listings } annonce
       *[other] { $listings } annonces
    } ; { $new ->
        [0] rien de nouveau
        [one] { $new } nouveauté
       *[other] { $new } nouveautés
    }
web-source-next = Prochaine lecture
web-source-next-none = à la demande seulement
web-source-next-paused = aucune, en pause
web-source-next-asked = demandée, dans la minute
web-source-next-due = dès que possible
web-source-running = en cours
web-source-permission = Permission de lecture
web-source-unstated = À régler : « vigie site set { $host } --permission … »
web-source-cadence-title = Cadence
web-source-blocked-todo = À faire : vérifiez que vous avez l’accord du site, demandez-le-lui, ou mettez la source en pause. Insister n’y changera rien.
web-source-pause = Mettre en pause
web-source-resume = Reprendre
web-source-run = Lire maintenant
web-source-for = { $action } : { $source }
web-source-details = Journal et cadence
web-source-cadence-choose = Lire
web-source-cadence-hours = ou toutes les … heures
web-source-paused = { $source } est en pause.
web-source-resumed = { $source } est de nouveau lue.
web-source-requested = La lecture est demandée pour { $source } : elle commence dans la minute.
web-crawls-title = Dernières lectures
web-crawls-none = Cette source n’a pas encore été lue.
web-crawl-running = en cours
web-crawl-duration = { $seconds } s
web-crawl-pages = { $count ->
        [one] { $count } page
       *[other] { $count } pages
    }
web-crawl-pages-of = Pages lues
web-column-page = Page
web-column-status = Réponse
web-column-size = Taille
web-column-reviews = Avis
web-column-listings = Annonces
web-size-kb = { $size } ko

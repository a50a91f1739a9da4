# Crawling: what happened, in one sentence each (Crawl.evidence), and what is masked in texts.

crawl-ok = { $reviews ->
        [0] { $listings ->
            [one] Une annonce lue
           *[other] { $listings } annonces lues
        }
        [one] Un avis lu{ $listings ->
            [0] {""}
            [one] {" "}et une annonce
           *[other] {" "}et { $listings } annonces
        }
       *[other] { $reviews } avis lus{ $listings ->
            [0] {""}
            [one] {" "}et une annonce
           *[other] {" "}et { $listings } annonces
        }
    } sur { $pages ->
        [one] une page
       *[other] { $pages } pages
    } : { $new ->
        [0] rien de nouveau
        [one] une nouveauté
       *[other] { $new } nouveautés
    }, { $changed ->
        [0] aucune modification
        [one] une modification
       *[other] { $changed } modifications
    }.
crawl-unchanged = Rien de nouveau : { $reviews ->
        [0] { $listings ->
            [one] l’annonce est déjà connue
           *[other] les { $listings } annonces sont déjà connues
        }
        [one] l’avis est déjà connu
       *[other] les { $reviews } avis sont déjà connus
    }.
crawl-known = Lecture arrêtée à un avis déjà connu : { $new ->
        [0] rien de nouveau
        [one] une nouveauté
       *[other] { $new } nouveautés
    }, { $changed ->
        [0] aucune modification
        [one] une modification
       *[other] { $changed } modifications
    }.
crawl-settled = La page annonce { $stated } notes, { $reviews ->
        [one] un avis lu
       *[other] { $reviews } avis lus
    } : l’écart est constant, les autres notes n’ont sans doute pas de texte. { $new ->
        [0] Rien de nouveau
        [one] Une nouveauté
       *[other] { $new } nouveautés
    }, { $changed ->
        [0] aucune modification
        [one] une modification
       *[other] { $changed } modifications
    }.
crawl-field-lost = { $field ->
        [author] Les noms des auteurs, présents sur { $before } % des avis, ne sont plus lus
        [date] Les dates, présentes sur { $before } % des avis, ne sont plus lues
        [rating] Les notes, présentes sur { $before } % des avis, ne sont plus lues
        [text] Les textes, présents sur { $before } % des avis, ne sont plus lus
        [id] Les identifiants, présents sur { $before } % des avis, ne sont plus lus
        [price] Les prix, présents sur { $before } % des annonces, ne sont plus lus
        [availability] Les disponibilités, présentes sur { $before } % des annonces, ne sont plus lues
       *[url] Les liens, présents sur { $before } % des annonces, ne sont plus lus
    } { $share ->
        [0] nulle part
       *[other] que sur { $share } %
    }{ $more ->
        [0] {""}
        [one] {" "}; une autre donnée manque aussi
       *[other] {" "}; { $more } autres données manquent aussi
    }. La page a sans doute changé de forme.
crawl-empty = La page dit elle-même qu’il n’y a encore rien.

crawl-short = La page annonce { $stated } avis, { $read ->
        [0] aucun lu
        [one] 1 lu
       *[other] { $read } lus
    } : { $why ->
        [page] une page a manqué. { $inner }
        [pages] le nombre de pages permis est atteint (VIGIE_MAX_PAGES)
        [depth] la profondeur permise est atteinte (VIGIE_MAX_DEPTH)
        [time] le temps permis est écoulé (VIGIE_SOURCE_TIMEOUT_S)
        [items] une page en contient trop pour être lue en entier
        [repeats] la pagination redonne les mêmes avis
        [known] le reste n’a pas pu être lu à la dernière lecture complète
       *[end] les pages liées n’en montrent pas plus
    }.
crawl-page-failed = { $items ->
        [one] 1 élément lu
       *[other] { $items } éléments lus
    }, mais une page a manqué. { $inner }.
crawl-bound-pages = Lecture arrêtée après { $items ->
        [one] un élément
       *[other] { $items } éléments
    } : le nombre de pages permis est atteint (VIGIE_MAX_PAGES).
crawl-bound-depth = Lecture arrêtée après { $items ->
        [one] un élément
       *[other] { $items } éléments
    } : la profondeur permise est atteinte (VIGIE_MAX_DEPTH).
crawl-bound-time = Lecture arrêtée après { $items ->
        [one] un élément
       *[other] { $items } éléments
    } : le temps permis est écoulé (VIGIE_SOURCE_TIMEOUT_S).
crawl-bound-items = Lecture arrêtée après { $items ->
        [one] un élément
       *[other] { $items } éléments
    } : une page en contient trop pour être lue en entier.
crawl-bound-repeats = Lecture arrêtée après { $items ->
        [one] un élément
       *[other] { $items } éléments
    } : la pagination redonne les mêmes éléments.

crawl-nothing = La page répond, mais ni avis ni annonce n’y ont été trouvés, et elle ne dit pas qu’il n’y en a pas.
crawl-nothing-any-more = La page répond, mais plus rien n’y a été trouvé ({ $known ->
        [one] 1 élément connu
       *[other] { $known } éléments connus
    }) : elle a sans doute changé de forme.
crawl-reviews-vanished = La page répond, mais plus aucun avis n’y a été trouvé ({ $known ->
        [one] 1 connu
       *[other] { $known } connus
    }) : elle a sans doute changé de forme.
crawl-stated-none-read = La page annonce { $stated } avis, aucun n’a pu être lu.

crawl-status-blocked = Le site refuse la lecture (réponse { $status }).
crawl-status-down = Le site est en panne (réponse { $status }).
crawl-status-absent = La page n’existe plus (réponse { $status }) : vérifiez l’adresse de la source.
crawl-status-other = Le site a donné une réponse inattendue ({ $status }).

crawl-trouble-robots = Le fichier robots.txt du site interdit cette page.
crawl-trouble-robots-down = Le fichier robots.txt du site ne répond pas, ce qui vaut interdiction pour l’instant.
crawl-trouble-dns = Le nom du site est introuvable : vérifiez l’adresse de la source.
crawl-trouble-refused = Le site refuse la connexion.
crawl-trouble-timeout = Le site n’a pas répondu à temps.
crawl-trouble-broken-off = La connexion au site s’est interrompue.
crawl-trouble-too-large = La page est trop grande pour être lue (VIGIE_MAX_BODY_MB).
crawl-trouble-redirects = La page renvoie sans fin d’une adresse à l’autre.
crawl-trouble-elsewhere = La page renvoie vers un autre site : si c’est voulu, « vigie source set N --url ADRESSE » met à jour celle de la source.
crawl-trouble-forbidden-address = L’adresse mène à un réseau privé ou n’est pas permise : Vigie ne s’y rend pas.
crawl-trouble-not-a-page = La réponse n’est pas une page.
crawl-trouble-unreadable = La page n’a pas pu être analysée.
crawl-trouble-captcha = Le site demande de prouver qu’on est humain (CAPTCHA).
crawl-trouble-login = Le site demande de se connecter.
crawl-trouble-consent = Le site ne montre qu’une demande de consentement aux cookies.
crawl-trouble-absent = La page dit elle-même qu’elle n’existe pas ou plus, bien que le site réponde 200 : vérifiez l’adresse de la source.
crawl-trouble-article = Un article se trouve à la place de la page d’avis ou d’annonces : vérifiez l’adresse de la source.
crawl-trouble-home = L’adresse mène à la page d’accueil du site, où rien de connu ne se trouve : vérifiez l’adresse de la source.
crawl-trouble-anything = Le site donne la même page pour une adresse inventée : ce n’est pas celle de la source. Vérifiez son adresse.
crawl-trouble-tdm-file = Le site réserve cette page contre la fouille de textes et de données (tdmrep.json) : elle n’est ni lue ni gardée.
crawl-trouble-tdm-header = Le site réserve cette page contre la fouille de textes et de données (en-tête de la réponse) : rien n’en est gardé.
crawl-trouble-tdm-meta = La page se réserve contre la fouille de textes et de données (balise meta) : rien n’en est gardé.
crawl-trouble-paused = Le site a demandé d’attendre, ou était en panne : la lecture est reportée.
crawl-trouble-hours = Le site n’est lu qu’à certaines heures : la lecture est reportée.
crawl-trouble-budget = Le nombre de requêtes permis par jour pour ce site est atteint : la lecture est reportée au lendemain.
crawl-trouble-busy = Le site est déjà occupé par d’autres lectures : celle-ci est reportée.
crawl-trouble-access-missing = Il manque les identifiants que ce service demande : « vigie credentials set » les enregistre.
crawl-trouble-access-sealed = Les identifiants de ce service ont été chiffrés avec une autre clé : rendez-la à VIGIE_CREDENTIAL_KEYS, ou enregistrez-les de nouveau avec « vigie credentials set ».
crawl-trouble-access-refused = { platform-error-refused }
crawl-trouble-access-expired = { platform-error-expired }
crawl-trouble-quota = { platform-error-quota }
crawl-trouble-unknown-there = { platform-error-gone }

crawl-no-permission = Le site est marqué sans permission de lecture : il n’est pas lu.
crawl-overdue = La lecture attend depuis { $days ->
        [one] un jour
       *[other] { $days } jours
    } : vérifiez que Vigie tourne, et que le site laisse assez de passages.
crawl-interrupted = La lecture s’est interrompue avant la fin ; elle reprendra à la prochaine échéance.
crawl-overtime = La lecture a dépassé le temps permis et a été arrêtée.

crawl-error-contact = VIGIE_CONTACT est vide : donnez une adresse e-mail ou une page où les sites visités peuvent vous joindre.
crawl-error-contact-odd = VIGIE_CONTACT vaut « { $contact } » : donnez une adresse e-mail, ou une adresse http ou https où les sites visités peuvent vous joindre.
crawl-error-import = La source n° { $source } ({ $label }) est un import de fichier : « vigie import » la met à jour, il n’y a pas de page à lire.

source-error-url = « { $url } » n’est pas l’adresse d’une page : donnez-la en entier, par exemple https://avis.example.fr/garage-du-pont.
source-error-credentials = L’adresse « { $url } » contient un identifiant : donnez une page publique, sans nom ni mot de passe.
source-error-address = « { $url } » mène à un réseau privé ou à un service qui n’est pas une page : donnez l’adresse publique de la page.
source-error-long = L’adresse « { $url }… » est trop longue : { $limit } caractères au plus.
source-error-known = La page { $url } est déjà suivie pour « { $shop } » : « vigie source list » donne son numéro.


redacted-email = [e-mail masqué]
redacted-phone = [téléphone masqué]
redacted-iban = [IBAN masqué]
redacted-nir = [numéro de sécurité sociale masqué]
redacted-card = [carte masquée]
redacted-plate = [plaque masquée]
redacted-order = [numéro masqué]

# Ce qui presse, les vagues d’avis, et ce qui sort de l’ordinaire : jamais un jugement sur les gens.

alert-kind-urgent-review = Avis à lire tout de suite
alert-urgent-review-headline = Un avis à lire tout de suite ({ $kinds })
alert-urgent-review = Le { $published }, sur { $source }, { $known ->
        [yes] { $author }
       *[no] un client
    } écrit : « { $quote } ». Vigie y lit : { $kinds }.
alert-urgent-review-todo = { $first ->
        [blessure] Prenez des nouvelles de la personne, notez ce qui s’est passé et prévenez votre assureur avant de répondre en public.
        [sante] Mettez de côté ce qui est en cause, vérifiez les températures, les lots et le nettoyage, puis répondez ce que vous avez fait.
        [securite] Retrouvez le dossier, proposez au client de tout vérifier sans frais, puis répondez sous l’avis que c’est fait.
        [discrimination] Écoutez la personne et votre équipe avant de répondre, puis dites ce que vous avez changé.
        [fraude] Ressortez le devis et la facture, appelez le client si vous le reconnaissez, puis répondez avec des faits.
       *[juridique] Rassemblez devis, factures et messages, répondez avec calme et proposez le médiateur de la consommation.
    }

reputation-day = le { $day }
reputation-period = du { $first } au { $last }

urgent-mail-subject = { $headline } : { $shop }
urgent-mail-page = L’alerte : { $url }
urgent-mail-why = Vous recevez ce message parce qu’un avis demande une réponse sans attendre le courrier de la semaine. Il n’y en a qu’un par avis.

alert-kind-burst = Vague d’avis
alert-burst-headline = { $mood ->
        [bad] { $count } avis en { $days } { $days ->
            [one] jour
           *[other] jours
        }, surtout mauvais : c’est inhabituel
       *[other] { $count } avis en { $days } { $days ->
            [one] jour
           *[other] jours
        } : c’est inhabituel
    }
alert-burst = Vous avez reçu { $count } { $stream ->
        [bad] avis d’une ou deux étoiles
       *[all] avis
    } { $period } ({ $sources }), contre { $rare ->
        [yes] moins d’un
       *[no] { $usual }
    } d’habitude en autant de temps{ $stream ->
        [bad] .
       *[all] {" "}: { $good } bons, { $bad } mauvais.
    } Chez un commerce au rythme régulier, le hasard seul n’en donne autant qu’une fois en quinze ans environ.
alert-burst-todo = { $mood ->
        [bad] Lisez ces avis à la suite : si un même fait revient, répondez une fois pour toutes avec ce que vous avez corrigé ; s’ils ne correspondent à aucun client, signalez-les au site avec les dates.
       *[other] Cherchez ce qui a pu les amener (promotion, passage dans la presse, demande d’avis) ; si rien ne l’explique, gardez-en une copie.
    }

alert-kind-near-copies = Avis presque identiques
alert-near-copies-headline = { $count } avis presque identiques : c’est inhabituel
alert-near-copies = { $authors } personnes différentes ont écrit sur vous presque mot pour mot le même texte { $period } { $mood ->
        [good] (des avis favorables)
        [bad] (des avis défavorables)
       *[mixed] (avec des notes diverses)
    }. Ce peut être un texte tout prêt ; les avis sont côte à côte sur la page de l’alerte.
alert-near-copies-todo = { $mood ->
        [bad] Comparez ces avis à vos clients de ces jours-là ; si aucun ne correspond, signalez-les ensemble au site.
       *[other] Si vous ou un prestataire avez proposé un texte tout prêt à vos clients, cessez : les sites retirent souvent de tels avis.
    }

alert-kind-rival-accounts = Comptes aux avis opposés
alert-rival-accounts-headline = { $count } comptes vous notent mal et vos concurrents bien : c’est inhabituel
alert-rival-accounts = Depuis le { $first }, { $count } avis d’une ou deux étoiles viennent de comptes qui ont bien noté { $rivals ->
        [one] un de vos concurrents
       *[other] { $rivals } de vos concurrents
    } sur le même site, et aucun autre commerce que Vigie suit. C’est plus que le hasard n’en donne ; des clients déçus peuvent aussi être allés ailleurs.
alert-rival-accounts-todo = Retrouvez ces clients dans vos dossiers ; pour ceux que vous ne connaissez pas, demandez au site de vérifier qu’ils sont venus chez vous.

alert-kind-text-at-odds = Notes contraires au texte
alert-text-at-odds-headline = { $count } notes disent le contraire de leur texte : c’est inhabituel
alert-text-at-odds = Depuis le { $first }, { $count } avis sur { $total } ont une note que leur texte contredit{ $mood ->
        [low] , dont { $low } qui donnent peu d’étoiles dans un texte content
       *[high] {""}
    }. D’habitude, Vigie en lit ainsi { $usual }.
alert-text-at-odds-todo = { $mood ->
        [low] Remerciez ces clients et demandez-leur gentiment s’ils n’ont pas inversé la note : beaucoup la corrigent.
       *[high] Lisez ce que disent vraiment ces textes : une bonne note peut cacher un reproche à traiter.
    }

alert-kind-praise-wave = Cinq étoiles en série
alert-praise-wave-headline = { $count } avis à cinq étoiles après de mauvais jours : c’est inhabituel
alert-praise-wave = Vous avez reçu { $count } avis à cinq étoiles { $period }, contre { $rare ->
        [yes] moins d’un
       *[no] { $usual }
    } d’habitude en autant de temps, juste après { $bad } mauvais avis à partir du { $bad_since }. Cela peut venir d’une demande d’avis à vos clients.
alert-praise-wave-todo = Si vous avez demandé des avis, demandez-en à tous vos clients et sans rien offrir : les sites retirent souvent les avis obtenus autrement. Sinon, gardez une copie de ceux-ci.

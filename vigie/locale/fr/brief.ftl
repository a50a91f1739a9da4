# The brief: what changed, why, what to do.

# Alerts, by kind: a headline for a subject line, and the whole sentence.
alert-rating-shift-down-headline = Votre note est passée de { $before } à { $after }
alert-rating-shift-down = La note a baissé : { $before } étoiles avant, { $after } depuis le { $since } (sur { $count } avis).
alert-rating-shift-up-headline = Votre note est montée de { $before } à { $after }
alert-rating-shift-up = La note a monté : { $before } étoiles avant, { $after } depuis le { $since } (sur { $count } avis).

# What to do, by the aspect that customers complain of most.
advice-answer = { $count ->
        [one] Répondez à l’avis { $known ->
            [yes] { $author }
           *[no] anonyme
        } du { $day } ({ $source }) : calmement, en trois lignes, sous deux jours.
       *[other] Répondez aux { $share ->
            [all] { $count } avis défavorables
            [some] avis défavorables ({ $new } cette semaine, { $count } depuis trois mois)
           *[none] { $count } avis défavorables restés sans réponse depuis trois mois
        }, en commençant par celui { $known ->
            [yes] { $author }, du { $day }
           *[no] du { $day }
        } ({ $source }) : calmement, en trois lignes.
    }
advice-accueil = { $count } clients se plaignent de l’accueil : voyez qui répond au comptoir et au téléphone aux heures de pointe, et rappelez dans la journée.
advice-prix = { $count } clients se plaignent du prix : annoncez-le avant de commencer, affiché ou par écrit, et expliquez ce qu’il comprend.
advice-delai = { $count } clients se plaignent des délais : donnez une date que vous tiendrez, et prévenez par message dès qu’elle glisse.
advice-qualite = { $count } clients se plaignent du résultat : proposez de reprendre le travail à ceux que vous reconnaissez, et contrôlez avant de rendre.
advice-honnetete = { $count } clients doutent de votre franchise : montrez ce qui a été fait, et faites signer avant d’ajouter quoi que ce soit.
advice-conseil = { $count } clients se disent mal conseillés : prenez deux minutes pour expliquer les choix possibles et leur prix.
advice-proprete = { $count } clients se plaignent de la propreté : faites un tour du local avant chaque ouverture.
advice-produit = { $count } clients sont déçus d’un produit : goûtez, essayez, et retirez ce qui n’est pas à votre niveau.
advice-livraison = { $count } clients se plaignent de la livraison : vérifiez votre transporteur et prévenez en cas de retard.
advice-sav = { $count } clients se plaignent du service après-vente : décidez qui rappelle, et sous combien de temps.
advice-thank = Rien d’urgent. Remerciez ceux qui { $who } : un mot suffit, et il se lit.
# Who is thanked, by what they praise.
aspect-liked-accueil = aiment votre accueil
aspect-liked-prix = trouvent vos prix justes
aspect-liked-delai = apprécient vos délais
aspect-liked-qualite = louent la qualité de votre travail
aspect-liked-honnetete = louent votre franchise
aspect-liked-conseil = apprécient vos conseils
aspect-liked-proprete = aiment la propreté de votre local
aspect-liked-produit = aiment vos produits
aspect-liked-livraison = sont contents de votre livraison
aspect-liked-sav = sont contents de votre service après-vente
advice-ask = Rien d’urgent. Demandez à un ou deux clients contents de laisser un avis : un mot au moment de payer suffit.

brief-trouble = { $known ->
        [yes] { $health ->
            [disallowed] { $source } n’autorise plus la lecture automatique (dernière lecture le { $since }) : les avis parus depuis manquent ici.
            [degraded] { $source } n’est lu qu’en partie depuis le { $since } : des avis manquent peut-être ici.
           *[other] { $source } ne se laisse plus lire (dernière lecture le { $since }) : les avis parus depuis manquent ici.
        }
       *[no] { $health ->
            [disallowed] { $source } n’autorise pas la lecture automatique : ses avis manquent ici.
            [degraded] { $source } n’est lu qu’en partie : des avis manquent peut-être ici.
           *[other] { $source } n’a pas encore pu être lu : ses avis manquent ici.
        }
    }

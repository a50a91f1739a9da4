# The brief: what changed, why, what to do.

brief-a-customer = un client

# Alerts, by kind.
alert-rating-shift-down = La note a baissé : { $before } étoiles avant, { $after } depuis le { $since } (sur { $count } avis).
alert-rating-shift-up = La note a monté : { $before } étoiles avant, { $after } depuis le { $since } (sur { $count } avis).

# What to do, by the aspect that customers complain of most.
advice-answer = { $count ->
        [one] Répondez à l’avis de { $author } ({ $stars } ★ sur { $source }) : une réponse calme et courte, sous deux jours.
       *[other] Répondez à { $count } avis mécontents, en commençant par celui de { $author } ({ $stars } ★ sur { $source }).
    }
advice-accueil = { $count } clients se plaignent de l’accueil : voyez qui répond au comptoir et au téléphone aux heures de pointe, et rappelez dans la journée.
advice-prix = { $count } clients parlent du prix : annoncez-le avant le travail, par écrit, et expliquez chaque ligne de la facture.
advice-delai = { $count } clients se plaignent des délais : donnez une date que vous tiendrez, et prévenez par message dès qu’elle glisse.
advice-qualite = { $count } clients se plaignent du résultat : proposez une reprise à ceux que vous reconnaissez, et contrôlez avant de rendre.
advice-honnetete = { $count } clients doutent de votre franchise : montrez les pièces changées, et faites signer le devis avant d’ajouter quoi que ce soit.
advice-conseil = { $count } clients se disent mal conseillés : prenez deux minutes pour expliquer les choix possibles et leur prix.
advice-proprete = { $count } clients parlent de la propreté : un coup d’œil au local avant l’ouverture suffit souvent.
advice-produit = { $count } clients sont déçus d’un produit : goûtez, essayez, et retirez ce qui n’est pas à votre niveau.
advice-livraison = { $count } clients se plaignent de la livraison : vérifiez votre transporteur et prévenez en cas de retard.
advice-sav = { $count } clients se plaignent du service après-vente : fixez qui rappelle, et sous combien de temps.
advice-thank = Rien d’urgent : remerciez ceux qui parlent bien de vous ({ $aspect }), cela se lit.

brief-trouble = { $known ->
        [yes] { $source } n’a pas pu être lu depuis { $since }.
       *[no] { $source } n’a pas encore pu être lu.
    }

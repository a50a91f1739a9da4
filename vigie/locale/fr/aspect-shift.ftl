# An aspect of which customers speak otherwise than before.

alert-kind-aspect-shift = On parle autrement d’un sujet
alert-aspect-shift-complaints-headline = On se plaint plus souvent { $aspect }
alert-aspect-shift-complaints = Depuis le { $since }, on se plaint { $times ->
        [0] bien plus souvent
       *[other] { $times } fois plus souvent
    } { $aspect } : dans { $count } avis sur { $of }, contre { $before ->
        [0] aucun
       *[other] { $before }
    } sur { $of_before } avant.
alert-aspect-shift-relief-headline = On se plaint moins souvent { $aspect }
alert-aspect-shift-relief = Depuis le { $since }, on se plaint bien moins souvent { $aspect } : dans { $count ->
        [0] aucun avis
       *[other] { $count } avis
    } sur { $of }, contre { $before } sur { $of_before } avant.
alert-aspect-shift-praise-headline = On dit plus souvent du bien { $aspect }
alert-aspect-shift-praise = Depuis le { $since }, on dit { $times ->
        [0] bien plus souvent
       *[other] { $times } fois plus souvent
    } du bien { $aspect } : dans { $count } avis sur { $of }, contre { $before ->
        [0] aucun
       *[other] { $before }
    } sur { $of_before } avant.
aspect-shift-quote = « { $words } » ({ $source }, { $day }).

aspect-shift-of-accueil = de l’accueil
aspect-shift-of-prix = du prix
aspect-shift-of-delai = du délai
aspect-shift-of-qualite = de la qualité du travail
aspect-shift-of-honnetete = de l’honnêteté
aspect-shift-of-conseil = des conseils
aspect-shift-of-proprete = de la propreté
aspect-shift-of-produit = des produits
aspect-shift-of-livraison = de la livraison
aspect-shift-of-sav = du service après-vente

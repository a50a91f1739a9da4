# Les occasions à saisir, lues dans les annonces : un titre, une phrase avec le calcul, que faire.

alert-sure = { $level ->
        [low] À vérifier : { $percent } de chances que ce soit juste.
       *[other] Chances que ce constat soit juste : { $percent }.
    }

alert-price-position-headline = { $where ->
        [low] Votre prix est sous le marché : « { $title } »
       *[high] Votre prix est au-dessus du marché : « { $title } »
    }
alert-price-position = Vous demandez { $price } pour « { $title } », les autres le plus souvent de { $first_quartile } à { $third_quartile } ({ $compared } annonces comparables de { $sellers } vendeurs), soit { $gap } { $where ->
        [low] de moins que leur prix médian, { $median }.
       *[high] de plus que leur prix médian, { $median }.
    } { $sure }
alert-price-position-beside = Les autres demandent le plus souvent de { $first_quartile } à { $third_quartile }.
alert-price-position-todo = { $where ->
        [low] « { $title } » : vous pouvez monter vers { $median } et rester dans le marché, sauf si vous voulez vendre vite.
       *[high] « { $title } » : descendez vers { $third_quartile }, ou écrivez dans l’annonce ce qui vaut la différence (garantie, pose, livraison).
    }

alert-rival-out-of-stock-headline = « { $title } » : { $rivals ->
        [one] un concurrent n’en a plus
       *[other] { $rivals } concurrents n’en ont plus
    }
alert-rival-out-of-stock = { $names } { $rivals ->
        [one] n’a
       *[other] n’ont
    } plus en stock ce que vous vendez sous « { $title } », depuis le { $since } ; { $still ->
        [0] plus aucun concurrent suivi n’en propose
        [one] un seul concurrent suivi en propose encore
       *[other] { $still } concurrents suivis en proposent encore
    }. { $sure }
alert-rival-out-of-stock-todo = « { $title } » : remontez votre annonce et votre stock, et ne bradez pas tant que vos concurrents n’en ont plus.

alert-rival-gone-headline = { $scope ->
        [thing] « { $title } » : { $rivals ->
            [one] un concurrent n’en propose plus
           *[other] { $rivals } concurrents n’en proposent plus
        }
       *[marketplace] { $names } ne vend plus rien sur { $marketplace }
    }
alert-rival-gone = { $scope ->
        [thing] { $names } { $rivals ->
            [one] a retiré son annonce
           *[other] ont retiré leurs annonces
        } comparable{ $rivals ->
            [one] {""}
           *[other] s
        } à « { $title } » (le { $since }) ; { $still ->
            [0] plus aucun concurrent suivi n’en propose
            [one] un seul concurrent suivi en propose encore
           *[other] { $still } concurrents suivis en proposent encore
        }. { $sure }
       *[marketplace] Les { $count } dernières annonces de { $names } sur { $marketplace } ont disparu en un mois, la dernière le { $since }. { $sure }
    }
alert-rival-gone-todo = { $scope ->
        [thing] « { $title } » : vérifiez que votre annonce se trouve facilement, ses clients la cherchent.
       *[marketplace] { $names } n’est plus sur { $marketplace } : ses clients y cherchent quelqu’un, mettez-y vos annonces en avant.
    }

alert-cut = { $seller } de { $before } à { $after }
alert-price-war-headline = { $rivals } concurrents baissent leur prix : « { $title } »
alert-price-war = En deux semaines, { $rivals } concurrents sur { $offering } ont baissé leur prix pour ce que vous vendez sous « { $title } » : { $cuts }.{ $priced ->
        [yes] {" "}Vous demandez { $own }.
       *[no] {""}
    } { $sure }
alert-price-war-todo = « { $title } » : ne suivez pas la baisse à perte ; décidez de votre prix plancher, et mettez en avant ce que les autres n’ont pas (délai, garantie, pose).

alert-stale-headline = « { $title } » : en vente depuis { $age_days } jours
alert-stale = « { $title } » est en vente depuis { $age_days } jours : neuf annonces sur dix { $scope ->
        [same] du même objet
       *[trade] de cette catégorie
    } sont parties en { $limit_days } jours ou moins, la moitié en { $half_days } jours ({ $ended } parties sur { $compared } suivies).{ $lacks ->
        [price] {" "}La vôtre n’a pas de prix, les autres si.
        [photos] {" "}Celles qui sont parties montraient { $usual_photos } photos, la vôtre { $photos ->
                [0] aucune
               *[other] { $photos }
            }.
        [description] {" "}La vôtre n’a pas de description, les autres si.
        [condition] {" "}La vôtre ne dit pas l’état de l’objet, les autres si.
        [details] {" "}Ses caractéristiques (marque, référence, année…) sont moins remplies que celles des autres.
        [words] {" "}Son titre est plus court que celui des autres.
       *[nothing] {""}
    } { $sure }
alert-stale-todo = « { $title } » : { $lacks ->
        [price] écrivez son prix,
        [photos] ajoutez des photos,
        [description] décrivez-le en quelques lignes,
        [condition] précisez son état,
        [details] remplissez les caractéristiques que le site propose,
        [words] complétez le titre (marque, modèle, dimensions),
       *[nothing] refaites les photos et le titre, ou baissez le prix,
    } puis publiez de nouveau l’annonce.

alert-gap-headline = « { $title } » : demandé, et presque personne n’en vend
alert-gap = « { $title } » part vite{ $near ->
        [yes] {" "}dans votre département
       *[no] {""}
    } : { $ended } annonces comparables sont parties en un an, la moitié en { $half_days } jours au plus, contre { $usual_days } jours pour la catégorie ; { $offering ->
        [0] plus personne n’en propose
        [one] un seul vendeur en propose
       *[other] { $offering } vendeurs en proposent
    } aujourd’hui.{ $prices ->
        [0] {""}
        [1] {" "}Le prix demandé était de { $low }.
       *[other] {" "}Les prix demandés allaient de { $low } à { $high }.
    } { $sure }
alert-gap-todo = Voyez si vous pouvez proposer « { $title } » : peu de vendeurs, et les annonces partent vite.

alert-bargain-headline = « { $title } » à { $price } : { $gap } sous son marché
alert-bargain = « { $title } » est proposé à { $price }{ $placed ->
        [yes] {" "}sur { $marketplace }
       *[no] {""}
    }, soit { $gap } de moins que le prix médian : { $median }, sur { $compared } annonces comparables de { $sellers } vendeurs ; la moitié des prix va de { $first_quartile } à { $third_quartile }. Reste { $left } pour la remise en état et votre marge.{ $doubtful ->
        [yes] {" "}À ce prix, méfiez-vous : erreur, panne ou arnaque.
       *[no] {""}
    } { $sure }
alert-bargain-todo = « { $title } » à { $price } : appelez vite, et faites-vous dire l’état avant d’acheter.

alert-missing-channel-headline = { $rivals } concurrents vendent sur { $marketplace }{ $home ->
        [yes] {""}
       *[no] {" "}({ $country })
    }, pas vous
alert-missing-channel = { $rivals } concurrents ({ $names }) ont { $count } annonces sur { $marketplace }{ $home ->
        [yes] {""}
       *[no] {" "}({ $country })
    }, où vous n’êtes pas ; { $same ->
        [one] une de ces choses, vous la vendez déjà
       *[other] { $same } de ces choses, vous les vendez déjà
    } (par exemple « { $title } »). { $sure }
alert-missing-channel-todo = Essayez { $marketplace } avec une annonce que vous avez déjà, par exemple « { $title } ».

alert-wanted-headline = Appel d’offres : « { $title } »
alert-wanted = { $named ->
        [yes] { $buyer } cherche un professionnel
       *[no] Un acheteur public cherche un professionnel
    } pour « { $title } » (département { $areas }) : { $days_left ->
        [-1] aucune date limite n’est donnée
       *[other] réponse avant le { $deadline }, dans { $days_left } jours
    }. BOAMP n° { $number }. { $sure }
alert-wanted-todo = Lisez l’appel d’offres « { $title } » (BOAMP n° { $number }) et demandez le dossier à l’acheteur : il est gratuit.

alert-wanted-ad-headline = Quelqu’un cherche : « { $title } »
alert-wanted-ad = { $placed ->
        [yes] Sur { $marketplace }, quelqu’un
       *[no] Quelqu’un
    } cherche « { $title } »{ $near ->
        [yes] {" "}dans votre secteur
       *[no] {""}
    }, depuis le { $since }.{ $priced ->
        [yes] {" "}Budget annoncé : { $price }.
       *[no] {""}
    }{ $sold ->
        [yes] {" "}Vous vendez « { $own } ».
       *[no] {" "}C’est de votre métier.
    } { $sure }
alert-wanted-ad-todo = Répondez vite à l’annonce « { $title } » : une photo, votre prix, votre délai.

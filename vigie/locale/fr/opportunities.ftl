# Les occasions à saisir, lues dans les annonces : un titre, une phrase avec le calcul, que faire.

alert-sure = { $level ->
        [high] Sûr à { $percent }.
        [fair] Assez sûr ({ $percent }).
       *[low] À vérifier (sûr à { $percent }).
    }

alert-price-position-headline = { $where ->
        [low] « { $title } » : votre prix est sous le marché
       *[high] « { $title } » : votre prix est au-dessus du marché
    }
alert-price-position = { $where ->
        [low] Vous demandez { $price } pour « { $title } », soit { $gap } de moins que le prix du milieu : { $median }, sur { $compared } annonces comparables de { $sellers } vendeurs ; la moitié des prix va de { $first_quartile } à { $third_quartile }. { $sure }
       *[high] Vous demandez { $price } pour « { $title } », soit { $gap } de plus que le prix du milieu : { $median }, sur { $compared } annonces comparables de { $sellers } vendeurs ; la moitié des prix va de { $first_quartile } à { $third_quartile }. { $sure }
    }
alert-price-position-todo = { $where ->
        [low] « { $title } » : vous pouvez monter vers { $median } et rester dans le marché, sauf si vous voulez vendre vite.
       *[high] « { $title } » : descendez vers { $third_quartile }, ou écrivez dans l’annonce ce qui vaut la différence (garantie, pose, livraison).
    }

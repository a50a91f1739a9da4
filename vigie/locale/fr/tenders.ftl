# Les marchés publics : leur lecture, leur liste, ce qui empêche de les suivre.

crawl-tenders = { $tenders ->
        [one] Un marché public lu
       *[other] { $tenders } marchés publics lus
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

tender-error-code = « { $code } » n’est pas un code pour « { $option } » : donnez les descripteurs du BOAMP en chiffres (trades=270,222) et les départements par leur numéro (departements=37,2A).
tender-error-where = Il manque un métier ou un département : donnez --option departements=37, ou le code postal du commerce « { $shop } ».

tender-list-help = Liste les marchés publics auxquels le commerce peut encore répondre.
tender-list-all = Montre aussi ceux qui sont terminés ou retirés.
tender-list-none = Aucun marché public en cours pour ce commerce : « vigie source add https://www.boamp.fr/ --shop { $shop } » suit ceux de son département.
tender-column-deadline = Réponse avant le
tender-column-title = Marché
tender-column-buyer = Acheteur
tender-column-where = Départements
tender-column-trades = Métiers
tender-title = Marchés publics
tender-tab = Marchés
tender-count = { $count } en cours
tender-where = { $count ->
        [one] Département
       *[other] Départements
    }
tender-none-now = Aucun marché public en cours dans ce département pour ces métiers : ceux qui paraissent s’afficheront ici, jusqu’à leur date limite.
tender-not-followed = Les marchés publics ne sont pas encore suivis pour ce commerce. Votre opérateur peut ajouter ceux du BOAMP, choisis par département et par métier : ils s’afficheront ici, jusqu’à leur date limite.
tender-not-followed-yet = Les marchés publics ne sont pas encore suivis pour ce commerce : ajoutez le BOAMP comme source, par département et par métier.
tender-over = terminé
tender-without-deadline = sans date limite

# Les plans de site : ce qui en a été lu, et ce qui reste.

platform-name-sitemap = Plan de site (sitemap)
platform-need-pages = Ce que contient l’adresse des pages à lire (par exemple /produit/)

crawl-sitemap = { $read ->
        [0] Aucune page lue
        [one] Une page lue
       *[other] { $read } pages lues
    } sur { $listed ->
        [one] la seule
       *[other] les { $listed }
    } du plan du site{ $unchanged ->
        [0] {""}
        [one] {" "}(une autre inchangée)
       *[other] {" "}({ $unchanged } autres inchangées)
    }{ $left ->
        [0] {""}
        [one] , sauf une, interdite par robots.txt ou absente
       *[other] , sauf { $left }, interdites par robots.txt ou absentes
    } : { $new ->
        [0] rien de nouveau
        [one] une nouveauté
       *[other] { $new } nouveautés
    }, { $changed ->
        [0] aucune modification
        [one] une modification
       *[other] { $changed } modifications
    }.
crawl-sitemap-more = { $read ->
        [0] Aucune page lue
        [one] Une page lue
       *[other] { $read } pages lues
    } sur les { $listed } du plan du site, { $items ->
        [one] un élément
       *[other] { $items } éléments
    } : une lecture ne peut pas tout lire, les suivantes continuent là où celle-ci s’arrête.

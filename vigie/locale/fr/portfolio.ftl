# An adviser's shops together: which changes hold.

portfolio-change = { $sure ->
        [yes] Changement sûr
       *[no] Changement à vérifier
    }
portfolio-change-note = « Changement sûr » : en moyenne, sur tous vos commerces ensemble, au plus un changement sur dix ainsi marqué vient du hasard. « À vérifier » : peut-être le hasard ; quelques avis de plus le diront.

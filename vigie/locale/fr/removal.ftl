# Removing a source, a shop, a rival or an access: what goes, said before and after.

removal-sources = { $count ->
        [one] une source
       *[other] { $count } sources
    }
removal-reviews = { $count ->
        [one] un avis
       *[other] { $count } avis
    }
removal-listings = { $count ->
        [one] une annonce
       *[other] { $count } annonces
    }
removal-tenders = { $count ->
        [one] un marché public
       *[other] { $count } marchés publics
    }
removal-crawls = { $count ->
        [one] une lecture au journal
       *[other] { $count } lectures au journal
    }
removal-secrets = { $count ->
        [one] un identifiant enregistré
       *[other] { $count } identifiants enregistrés
    }
removal-alerts = { $count ->
        [one] une alerte
       *[other] { $count } alertes
    }
removal-messages = { $count ->
        [one] un courrier
       *[other] { $count } courriers
    }
removal-accesses = { $count ->
        [one] un accès
       *[other] { $count } accès
    }

removal-source-what = { $source } ({ $shop }), source n° { $number } : { $url }
removal-source-goes = Sera effacé pour de bon : { $what }.
removal-source-goes-nothing = Cette source n’a encore rien donné : elle seule sera effacée.
removal-source-alerts = Les alertes qui s’appuient sur ces avis ou ces annonces partent avec eux ; ce qui reste vrai sans eux sera signalé de nouveau.
removal-source-instead = Pour garder ce qui a été lu et ne plus lire la source, mettez-la plutôt en pause.
removal-source-done = Source retirée : { $source }. { $what ->
        [nothing] Elle n’avait encore rien donné.
       *[other] Effacé : { $what }.
    }

removal-shop-what = { $name } ({ $slug })
removal-shop-goes = Sera effacé pour de bon, avec le commerce : { $what }.
removal-shop-goes-nothing = Rien n’a encore été lu pour ce commerce : lui seul sera effacé.
removal-shop-beside = C’est un concurrent suivi pour : { $names }. Ces commerces n’y seront plus comparés.
removal-shop-without = N’auront plus accès à aucun commerce : { $people }. Leur compte reste ouvert ; « vigie user remove » le ferme.
removal-shop-rivals = Ses concurrents suivis pour lui seul : { $names }.
removal-shop-rivals-stay = Ils restent suivis et compteront parmi vos clients ; --with-rivals les retire aussi.
removal-shop-rivals-too = Ils seront effacés de même.
removal-shop-instead = Pour garder son histoire : mettez ses sources en pause et retirez son adresse de courrier (« vigie shop set { $slug } --no-email »).
removal-shop-done = Commerce retiré : { $name }.{ $what ->
        [nothing] {""}
       *[other] {" "}Effacé : { $what }.
    }

removal-title = Retirer { $name }
removal-source-link = Retirer cette source…
removal-shop-link = Retirer ce commerce…
removal-rivals-legend = Retirer aussi ses concurrents, suivis pour lui seul
removal-rivals-help = Ceux qui ne sont pas cochés restent suivis et compteront parmi vos clients.
removal-final = Ce qui est effacé ne peut pas être récupéré.
removal-submit = Effacer pour de bon
removal-cancel = Ne rien effacer

removal-confirm = Tapez « oui » pour effacer
removal-suffix = {" : "}
removal-yes = Efface sans poser la question, pour les scripts.
removal-kept = Rien n’a été effacé.
removal-no-terminal = La question ne peut pas être posée ici : relancez la commande avec --yes pour effacer.
removal-error-running = { $source } (n° { $number }) est en cours de lecture : réessayez dans quelques minutes. Rien n’a été changé.

cli-source-remove-help = Retire la source N et efface tout ce qui y a été lu : le dit d’abord, puis demande. « vigie source pause N » cesse de la lire sans rien effacer.
cli-shop-remove-help = Retire un commerce et efface tout ce qui le concerne (sources, avis, annonces, alertes, courriers, accès) : le dit d’abord, puis demande.
cli-shop-remove-rivals = Retire aussi ses concurrents suivis pour lui seul.
cli-shop-set-no-email = Retire l’adresse : plus aucun courrier ne part pour ce commerce.
cli-shop-set-both-emails = --email et --no-email se contredisent : gardez l’un des deux.

cli-shop-rival-remove = Ne compare plus les deux commerces ; rien n’est effacé.
cli-shop-rival-removed = Comparaison retirée : { $name } face à { $rival }.
cli-shop-rival-alone = { $rival } n’est plus le concurrent de personne et compte désormais parmi vos clients : « vigie shop remove { $slug } » le retire.
cli-shop-rival-not = { $rival } n’est pas parmi les concurrents de { $name } : « vigie shop rivals { $slug } » les liste.
cli-shop-rivals-help = Liste les concurrents d’un commerce, ou de tous.
cli-shop-rivals-none = Aucun concurrent pour l’instant : « vigie shop rival COMMERCE CONCURRENT » en ajoute un, parmi les commerces suivis.
cli-column-rival = Concurrent

cli-user-list-help = Liste les comptes, et ce à quoi chacun donne accès.
cli-user-none = Aucun compte pour l’instant : « vigie user add ADRESSE --operator » en ouvre un.
cli-column-email = Adresse
cli-column-access = Accès
cli-column-since = Depuis
cli-user-operator = opérateur : tous les commerces et les sources
cli-user-no-access = aucun accès
cli-user-access = { $role ->
        [owner] propriétaire
       *[adviser] conseiller
    } : { $shop }
cli-user-set-help = Change ce à quoi un compte donne accès, par exemple : vigie user set conseil@example.fr --shop boulangerie-martin --role adviser
cli-user-set-shop = Commerce auquel la personne a désormais accès, avec le rôle de --role ; répétable.
cli-user-set-no-shop = Commerce auquel elle n’a plus accès ; répétable.
cli-user-set-operator = Donne, ou retire, l’accès à tous les commerces et aux sources.
cli-user-set-done = { $email } a désormais accès à : { $access }.
cli-user-set-nothing = Rien à changer : donnez --shop, --no-shop, --operator ou --no-operator.
cli-user-remove-help = Ferme un compte : ses accès, ses sessions et ses liens de connexion cessent aussitôt.
cli-user-remove-goes = Le compte { $email } sera fermé pour de bon. Accès retirés : { $access }.
cli-user-removed = Le compte { $email } est fermé. Ce que la personne a réglé ou traité reste, sous le nom « { $name } ».
error-user-last-operator = { $email } est le dernier opérateur : sans lui, plus personne ne pourrait gérer cette installation. Ouvrez d’abord un autre compte avec « vigie user add ADRESSE --operator ».
error-user-not-member = { $email } n’a pas accès à « { $shop } » : « vigie user list » montre ses accès.

# Recherche d’entreprises : trouver un commerce par son nom ou son SIRET, et ce qui l’empêche.

company-find-help = Cherche un commerce dans le registre des entreprises, par son nom, son SIREN ou son SIRET.
company-add-siret = SIRET du commerce : son nom, son métier, son adresse et sa ville viennent du registre des entreprises.
company-base-url = Adresse d’un double du registre, sur votre propre machine ou réseau.

company-none = Aucune entreprise trouvée pour « { $words } » : essayez l’enseigne, le nom légal, ou sans le code postal.
company-found = { $shown ->
        [one] Un établissement montré
       *[other] { $shown } établissements montrés
    }, { $total ->
        [one] une entreprise trouvée
       *[other] { $total } entreprises trouvées
    }. « vigie shop add --siret SIRET » en ajoute un.
company-closed = fermé
company-column-siret = SIRET
company-column-name = Commerce
company-column-trade = Activité (code NAF)
company-column-place = Lieu
company-column-since = Ouvert depuis

company-error-short = « { $query } » est trop court pour une recherche : donnez trois lettres ou plus, ou un SIRET.
company-error-postcode = « { $postcode } » n’est pas un code postal : donnez ses cinq chiffres.
company-error-siret = « { $siret } » n’est pas un SIRET : ses quatorze chiffres se contrôlent entre eux, vérifiez-les sur une facture.
company-error-unknown = Le registre ne connaît pas le SIRET { $siret }, ou ne le montre pas : cherchez par le nom avec « vigie shop find ».
company-error-closed = { $name } (SIRET { $siret }) est fermé{ $dated ->
        [0] {""}
       *[other] {" "}depuis le { $since }
    } : « vigie shop find » montre si le commerce a déménagé.
company-error-known = Le SIRET { $siret } est déjà celui du commerce « { $slug } ».
company-error-name = Il manque le nom du commerce : donnez-le, ou son SIRET avec --siret.
company-error-trade = Il manque le métier du commerce : donnez-le avec --trade (le code NAF ne suffit pas toujours à le dire).
company-error-network = Le registre des entreprises ({ $host }) n’a pas pu être joint : vérifiez que cette machine a accès à Internet, ou essayez plus tard. « vigie shop add NOM --trade MÉTIER » ajoute un commerce sans lui.
company-error-quota = Le registre des entreprises reçoit trop de demandes : attendez une minute, puis réessayez.
company-error-down = Le registre des entreprises est en panne (réponse { $status }) : essayez plus tard.
company-error-refused = Le registre des entreprises refuse la question : { $reason }
company-error-unreadable = La réponse du registre des entreprises n’est pas celle qu’il documente : essayez plus tard.

# Les services lus par leur propre interface : leurs noms, ce qu’ils demandent, leurs refus.

platform-name-google = Google Business Profile
platform-name-trustpilot = Trustpilot
platform-name-avis_verifies = Avis Vérifiés
platform-name-judge_me = Judge.me
platform-name-etsy = Etsy (avis)
platform-name-etsy_listings = Etsy (annonces)
platform-name-ebay = eBay
platform-name-boamp = BOAMP (marchés publics)
platform-name-facebook = Facebook

platform-need-location = Fiche (accounts/…/locations/…)
platform-need-client_id = Identifiant client OAuth
platform-need-client_secret = Secret client OAuth
platform-need-refresh_token = Jeton d’actualisation
platform-need-business_unit = Identifiant de l’entreprise chez Trustpilot
platform-need-api_key = Clé d’interface
platform-need-website_id = Identifiant du site chez Avis Vérifiés
platform-need-shop_domain = Domaine de la boutique
platform-need-api_token = Jeton d’interface
platform-need-shop_id = Numéro de la boutique
platform-need-seller = Nom du vendeur
platform-need-search = Mots cherchés, ou numéro de catégorie
platform-need-market = Pays du marché (FR, DE, IT, ES…)
platform-need-trades = Codes des métiers (descripteurs du BOAMP)
platform-need-departements = Départements
platform-need-page_id = Nom ou numéro de la page
platform-need-page_token = Jeton de la page
platform-need-optional = Facultatif.
platform-need-if-wanted = { $need } (facultatif)
platform-need-told = { $value }, d’après l’adresse de la source.

platform-error-refused = Le service refuse cet accès : vérifiez la clé et ce qu’elle permet, puis enregistrez-la de nouveau.
platform-error-expired = L’accès donné au service est terminé ou révoqué : demandez-en un nouveau au commerce, puis enregistrez-le.
platform-error-quota = Le service reçoit trop de demandes : la lecture reprendra plus tard.
platform-error-gone = Le service ne connaît pas ou plus cette adresse : vérifiez l’identifiant de la fiche ou de la boutique.
platform-error-unreadable = La réponse du service n’est pas celle qu’il documente : réessayez plus tard, ou signalez-le.
platform-error-captcha = { crawl-trouble-captcha }
platform-error-login = { crawl-trouble-login }
platform-error-too-large = { crawl-trouble-too-large }

# Les lecteurs de pages : le nom de chacun, et ce qu’il demande.
platform-name-structured = Page web (données structurées)
platform-name-recipe = Page web (recette de sélecteurs)
platform-name-embedded = Page web (données des scripts)
platform-name-feed = Flux RSS ou Atom

platform-need-recipe = Recette (fichier JSON)
platform-need-kind = Ce que contient le flux : reviews (avis) ou listings (annonces)

recipe-error-file = { $path } : { $problem }
recipe-error-long = La recette dépasse { $limit } caractères : ne gardez que les champs utiles.
recipe-error-json = La recette n’est pas un objet JSON : docs/platforms/recipe.md en donne un exemple.
recipe-error-key = La recette contient « { $key } », qui n’en fait pas partie : utilisez { $known }.
recipe-error-kind = La recette ne dit pas ce qu’elle lit : donnez « kind », qui vaut « reviews » (avis) ou « listings » (annonces).
recipe-error-text = « { $key } » de la recette doit être un texte entre guillemets.
recipe-error-number = « { $key } » de la recette doit être un nombre.
recipe-error-missing = Il manque « { $key } » à la recette : docs/platforms/recipe.md en donne un exemple.
recipe-error-field = La recette lit un champ « { $field } » que « { $kind } » n’a pas : utilisez { $known }.
recipe-error-expression = Le champ « { $field } » de la recette, « { $expression } », { $where ->
        [end] n’est pas fini : complétez-le.
       *[there] ne se comprend plus au caractère { $place }, à partir de « { $rest } » : corrigez-le.
    }

platform-kind-reviews = avis
platform-kind-listings = annonces
platform-kind-tenders = marchés publics

platform-error-unknown = « { $name } » n’est pas un service que Vigie sait lire : choisissez parmi { $known }.
platform-error-option = « { $option } » n’est pas une option de ce service (un secret se donne avec « vigie credentials set ») : options connues : { $known }.
platform-error-wanted = « { $value } » ne va pas : wanted=yes dit que la page montre des recherches (« cherche… ») plutôt que des annonces de vente ; sinon, ne donnez pas cette option.
platform-error-form = « { $option } » n’est pas une option : écrivez-la nom=valeur.
platform-error-recipe = { $platform } a besoin d’une recette : donnez son fichier avec --recipe, après l’avoir essayée avec « vigie recipe try ».
platform-error-other-recipe = La recette n’est pas de celles que « { $platform } » lit : avec « state » elle lit les données des scripts (embedded), sans lui la page (recipe).
platform-error-base = « { $url } » n’est pas une adresse de votre propre machine ou réseau : --base-url ne sert qu’à un double du service.

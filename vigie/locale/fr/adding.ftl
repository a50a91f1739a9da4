# Ajouter une source et essayer une recette depuis les pages de l’opérateur.

trial-error-unknown = L’essai n° { $trial } n’existe pas ou plus : un essai est gardé un jour, recommencez-le.
trial-error-long = Le champ « { $field } » dépasse { $limit } caractères : raccourcissez-le.
trial-error-many = { $most } essais attendent déjà : attendez leur résultat avant d’en demander un autre.

error-not-collecting = Cette application ne sait pas ajouter de source : lancez-la par « vigie run ».
source-error-own = « { $host } » est une machine de votre propre réseau, que Vigie ne connaît pas encore : ajoutez sa première source par la commande « vigie source add », sur la machine même.
trial-error-permission = La permission de lire { $host } est « aucune » : changez-la par « vigie site set { $host } --permission … » avant d’essayer une recette.

adding-title = Ajouter une source
adding-lead = Collez l’adresse de la page d’avis ou d’annonces du commerce : Vigie reconnaît le service, et dit ce qu’il donne et ce qu’il lui faut encore.
adding-recipe-hint = La page n’a pas de données structurées ?
adding-shop = Commerce
adding-shop-help = Son nom court, ou son nom exact.
adding-url = Adresse
adding-url-help = L’adresse entière, telle que le navigateur la montre.
adding-permission = Permission de lire le site
adding-permission-help = À quel titre ; elle vaut pour toutes les sources du site.
adding-cadence-adaptive = adaptée aux nouveautés
adding-label = Nom de la source
adding-label-help = Vide : le nom du service ou du site.
adding-more = Plus de réglages
adding-platform = Service ou lecteur
adding-platform-auto = reconnu d’après l’adresse
adding-twin = Serveur d’essai du service
adding-twin-help = Seulement pour le bac à sable : l’adresse de son double.
adding-with-recipe = Lue avec la recette de l’essai n° { $number }
adding-look = Voir ce qui est reconnu
adding-seen = Reconnue : { $platform }
adding-gives = Donne
adding-told = Lu dans l’adresse.
adding-missing = Manque encore
adding-missing-help = À donner juste après l’ajout, sur la page de ses identifiants.
adding-unstated = Précisez-la ci-dessus : un site se lit avec une permission, ou pour les pages publiques que ses règles laissent lire.
adding-not-read = Avec « aucune », la source est gardée mais n’est pas lue.
adding-first-run = Première lecture { $missing ->
        [0] dès l’ajout
       *[other] dès que le service a ses identifiants
    }.
adding-options = Précisions
adding-kind = Ce que contient le flux
adding-wanted = La page montre des recherches (« cherche… »), pas des ventes
adding-submit = Ajouter cette source
adding-cancel = Ne rien ajouter
adding-nothing-yet = Rien n’est encore enregistré.
adding-done = { $source } est ajoutée : { $missing ->
        [0] sa première lecture commence dans la minute
       *[other] donnez maintenant ce que son service demande
    }.
adding-error-permission = « { $given } » n’est pas une permission : choisissez-la dans la liste.
adding-error-option = Une option dépasse { $limit } caractères : raccourcissez-la.

trial-title = Essayer une recette
trial-lead = Une recette dit où une page montre ses avis ou ses annonces. Écrivez-la, essayez-la sur une vraie page, puis enregistrez-la comme source. L’essai lit une seule page, avec les égards de toute lecture (robots.txt, réserves, délais du site), et n’enregistre rien de ce qu’il lit.
trial-nature = Ce que la page montre
trial-state = Données des scripts
trial-state-help = Vide : la page se lit par sélecteurs CSS. Sinon le nom des données que ses scripts tiennent, par exemple __NEXT_DATA__ : les champs sont alors des chemins JMESPath.
trial-items = Chaque avis ou annonce
trial-items-help = Le sélecteur, ou le chemin, de chacun ; par exemple .avis
trial-fields = Ce qu’on y lit
trial-fields-help = Chacun se cherche dans l’avis ou l’annonce : un sélecteur (.texte), un attribut (a@href, @data-id), un compte (count(.etoile.pleine)). Laissez vide ce que la page n’a pas.
trial-rest = La suite et l’échelle
trial-next = Page suivante
trial-next-help = Un sélecteur, ou une adresse avec {"{page}"}.
trial-count = Nombre annoncé
trial-best = Meilleure note
trial-worst = Pire note
trial-submit = Essayer
trial-number = essai n° { $number }
trial-result-title = Essai n° { $number }
trial-waiting = Essai en cours : Vigie lit la page. Le résultat s’affiche ici de lui-même, en quelques secondes.
trial-waiting-long = L’essai attend depuis plus d’une minute : le site fait patienter, ou rien ne l’exécute. Vérifiez que « vigie run » est en marche.
trial-reload = Actualiser
trial-of = de { $url }
trial-read = { $count ->
        [0] Rien n’a été trouvé : « { $items } » (items) ne désigne rien sur cette page.
        [one] { $shape ->
            [reviews] Un avis a été lu
           *[listings] Une annonce a été lue
        } ; { $kept ->
            [0] rien ne serait gardé
           *[other] serait gardé
        }.
       *[other] { $count } { $shape ->
            [reviews] avis ont été lus
           *[listings] annonces ont été lues
        } ; { $kept ->
            [0] rien ne serait gardé
            [one] un seul serait gardé
           *[other] { $kept } seraient gardés
        }.
    }
trial-kept-why = Sans texte ni note, ou deux fois le même, un avis n’est pas gardé ; une annonce a besoin d’un titre.
trial-status = La page répond { $status } : vérifiez l’adresse.
trial-column-field = Champ
trial-column-expression = Recette
trial-column-found = Trouvé
trial-found = { $count } sur { $of }
trial-not-found = nulle part
trial-fields-caption = Ce que chaque champ a trouvé
trial-next-found = La page suivante serait { $url }
trial-next-none = La page suivante n’a pas été trouvée : « { $expression } » (next) ne désigne aucun lien.
trial-stated = La page annonce { $count } avis.
trial-cut = La page en montre davantage : 1 000 au plus sont lus.
trial-items-title = { $count ->
        [one] Le premier, tel qu’il serait gardé
       *[other] Les { $count } premiers, tels qu’ils seraient gardés
    }
trial-save = Enregistrer comme source
trial-mend = Corriger la recette
trial-update = Remplacer la recette : { $source }
trial-updated = La recette est remplacée pour { $source } : la page est relue dans la minute.
trial-error-source = La recette lit autre chose que « { $source } » : enregistrez-la comme une nouvelle source.
trial-last = Derniers essais
trial-state-waiting = en cours
trial-state-found = { $count } trouvés
trial-state-failed = sans résultat

recipe-field-external_id = Identifiant
recipe-field-url = Lien
recipe-field-title = Titre
recipe-field-text = Texte
recipe-field-author = Auteur
recipe-field-rating = Note
recipe-field-published = Date de parution
recipe-field-experienced = Date de l’expérience
recipe-field-edited = Date de modification
recipe-field-reply_text = Réponse du commerce
recipe-field-reply_date = Date de la réponse
recipe-field-item_name = Ce qui est jugé
recipe-field-item_url = Lien de ce qui est jugé
recipe-field-language = Langue
recipe-field-description = Description
recipe-field-category = Catégorie
recipe-field-brand = Marque
recipe-field-sku = Référence
recipe-field-price = Prix
recipe-field-currency = Monnaie
recipe-field-availability = Disponibilité
recipe-field-place = Lieu
recipe-field-seller = Vendeur
recipe-field-image = Image
recipe-field-photos = Nombre de photos
recipe-field-mpn = Numéro de pièce
recipe-field-model = Modèle
recipe-field-year = Année
recipe-field-mileage_km = Kilométrage
recipe-field-fuel = Carburant
recipe-field-transmission = Boîte de vitesses

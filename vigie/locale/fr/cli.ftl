# The command line.

cli-help = Vigie veille sur ce que les clients et les places de marché disent des commerces et artisans, et prévient à temps.
    Pour commencer : « vigie init », « vigie shop add », « vigie source add », « vigie user add », puis « vigie run ». Pour voir sans rien régler : « vigie demo ».
cli-aborted = Interrompu.

cli-metavar-name = NOM
cli-metavar-shop = COMMERCE
cli-metavar-rival = CONCURRENT
cli-metavar-email = ADRESSE
cli-metavar-file = FICHIER
cli-metavar-page = FICHIER_OU_URL
cli-metavar-date = AAAA-MM-JJ
cli-option-shop = Nom court du commerce (voir « vigie shop list »).

cli-column-slug = Commerce
cli-column-name = Nom
cli-column-trade = Métier
cli-column-city = Ville
cli-column-sources = Sources
cli-column-reviews = Avis
cli-column-listings = Annonces
cli-column-number = N°
cli-column-source = Source
cli-column-state = Santé et permission
cli-column-next-run = Prochaine lecture
cli-column-url = Adresse
cli-column-outcome = Résultat
cli-column-pages = Pages
cli-column-new = Nouveaux
cli-column-changed = Modifiés

cli-init-help = Crée la base de données, ou la met à niveau sans rien perdre.
cli-init-done = La base { $url } est prête (révision { $revision }).

cli-run-help = Sert les pages et tient le calendrier : lectures, scores, alertes et courriers. Ctrl-C arrête.
cli-run-host = Adresse d’écoute (sinon VIGIE_HOST).
cli-run-port = Port d’écoute, 0 pour un port libre (sinon VIGIE_PORT).
cli-run-serving = Vigie répond sur { $url } (Ctrl-C pour arrêter).

cli-shop-help = Les commerces suivis.
cli-shop-add-help = Ajoute un commerce, par exemple : vigie shop add "Garage du Pont" --trade garage --city Tours --email garage@example.fr
cli-shop-add-trade = Métier : garage, boulangerie, plombier…
cli-shop-add-slug = Nom court pour les autres commandes (sinon tiré du nom).
cli-shop-add-city = Ville.
cli-shop-add-postcode = Code postal.
cli-shop-add-email = Adresse du courrier hebdomadaire ; sans elle, rien n’est envoyé.
cli-shop-add-rival-of = Commerce dont celui-ci est un concurrent.
cli-shop-added = Commerce ajouté : { $name }, sous le nom court « { $slug } ». Ajoutez une source avec « vigie source add URL --shop { $slug } ».
cli-shop-set-help = Change ce que Vigie sait d’un commerce, par exemple : vigie shop set garage-du-pont --latitude 47.394 --longitude 0.685
cli-shop-set-name = Nom affiché ; le nom court reste.
cli-shop-set-latitude = Latitude en degrés, pour comparer aux commerces à moins de dix kilomètres.
cli-shop-set-longitude = Longitude en degrés.
cli-shop-set-error = Rien à changer : donnez au moins une option, par exemple --postcode 37000.
cli-shop-set-half = Il manque la moitié du lieu : donnez --latitude et --longitude ensemble.
cli-shop-set-done = C’est noté pour { $name }.
cli-shop-list-help = Liste les commerces.
cli-shop-none = Aucun commerce pour l’instant : « vigie shop add » en ajoute un.
cli-shop-rival-help = Compare un commerce à un concurrent déjà suivi.
cli-shop-rival-added = Comparaison ajoutée : { $name } face à { $rival }.

cli-source-help = Les sources lues pour chaque commerce.
cli-source-add-help =
    Ajoute une page ou une fiche à lire. L’adresse dit presque toujours qui la lit et quoi ; ce qui manque encore (une clé, un jeton) est dit à la fin, avec la commande qui l’enregistre.

    Une page, lue chaque jour : vigie source add https://avis.example.fr/garage-du-pont --shop garage-du-pont

    Un vendeur d’eBay, les matins de semaine à 6 h : vigie source add https://www.ebay.fr/usr/garage --shop garage-du-pont --cron "0 6 * * 1-5"

    Une fiche suivie au rythme de ses avis : vigie source add https://www.facebook.com/GarageDuPont --shop garage-du-pont --adaptive

    Les marchés publics de menuiserie (code 222) du département du commerce : vigie source add https://www.boamp.fr/ --shop menuiserie-du-val --option trades=222

    Sans --every, --cron ni --adaptive, l’intervalle est celui de VIGIE_CADENCE_HOURS. « vigie source tune » le change ensuite, en montrant d’abord ce que cela ferait.
cli-source-add-label = Nom affiché (sinon le nom du site).
cli-source-add-every = Intervalle entre deux lectures, en heures, par exemple 12 ou 1,5 (sinon VIGIE_CADENCE_HOURS).
cli-source-add-adaptive = Lit aussi souvent que des nouveautés arrivent : l’intervalle est recalculé chaque jour.
cli-source-cadence = Rythme : { $cadence }.
cli-source-add-full-every = Intervalle entre deux lectures de toutes les pages, en jours (sinon VIGIE_FULL_PASS_DAYS) ; entre-temps, la lecture s’arrête au premier avis connu.
cli-source-add-permission = À quel titre le site est lu ; « none » : il ne l’est pas.
cli-source-added = Source n° { $number } ajoutée : { $url }. « vigie crawl --source { $number } » la lit tout de suite.
cli-source-unstated = La permission de lire { $host } n’est pas précisée : « vigie site set { $host } --permission … » la précise une fois pour toutes ses sources (own-page, api-account, open-data, written) ; avec « none », le site n’est pas lu.
cli-source-list-help = Liste les sources, leur santé et leur prochaine lecture.
cli-source-none = Aucune source pour l’instant : « vigie source add » en ajoute une.
cli-source-pause-help = Met une source en pause, ou la reprend avec --resume.
cli-source-pause-resume = Reprend les lectures.
cli-source-paused = en pause
cli-source-now-paused = { $label } est en pause : « vigie source pause { $number } --resume » la reprend.
cli-source-resumed = { $label } est de nouveau lue.

cli-crawl-help = Lit les sources échues (--due) ou celles nommées (--source N). Le statut de sortie est 1 si une source n’a pas pu être lue en entier.
cli-crawl-due = Toutes les sources échues.
cli-crawl-source = Numéro d’une source ; répétable.
cli-crawl-none-due = Aucune source n’est échue.
cli-crawl-evidence = Source n° { $number } : { $sentence }
cli-crawl-progress = Lecture des sources

cli-import-help = Importe des avis ou des annonces d’un fichier CSV ou JSON Lines.
cli-import-reviews-help = Importe des avis ; les colonnes sont décrites dans docs/import.md. Importer deux fois ne change rien.
cli-import-listings-help = Importe des annonces ; les colonnes sont décrites dans docs/import.md. Importer deux fois ne change rien.
cli-import-bad-row = Ligne { $line } laissée de côté : { $reason }
cli-import-done = Import terminé : { $new ->
        [one] { $new } nouvelle ligne
       *[other] { $new } nouvelles lignes
    }, { $changed ->
        [one] { $changed } modifiée
       *[other] { $changed } modifiées
    }, { $unchanged ->
        [one] { $unchanged } déjà connue
       *[other] { $unchanged } déjà connues
    }, { $bad ->
        [one] { $bad } laissée de côté
       *[other] { $bad } laissées de côté
    }.

cli-score-help = Lit des JSON Lines {"{"}"text": "…"{"}"} sur l’entrée et écrit un score par ligne, dans l’ordre : étoiles, langue, sujets et urgences avec leurs mots. Avec "stars" (1 à 5) sur la ligne, dit aussi si le texte contredit la note. Exemple : vigie score < textes.jsonl > scores.jsonl
cli-score-batch-size = Textes lus ensemble par le modèle.
cli-score-stored = Note plutôt les avis enregistrés qui ne le sont pas encore.
cli-score-rescore = Fait relire tous les avis enregistrés par le modèle en vigueur, même s’il avait été remplacé. Pages et courriers gardent l’ancien jusqu’au bout, puis ses scores sont effacés. Interrompu, reprend où il en était.
cli-score-shown = Pages et courriers montrent ce que lit { $model }.
cli-score-not-yet = Des avis sont arrivés entre-temps : l’ancien modèle reste affiché. Relancez la commande pour finir de passer à { $model }.
cli-score-dropped = { $count ->
        [one] { $count } score du modèle précédent effacé.
       *[other] { $count } scores du modèle précédent effacés.
    }
cli-score-progress = Lecture des avis
cli-score-stored-done = { $count ->
        [0] Tous les avis sont déjà notés.
        [one] { $count } avis noté.
       *[other] { $count } avis notés.
    }

cli-eval-help = Mesure le lecteur sur un fichier CSV de textes notés (colonnes text, et stars ou polarity ; source pour le détail), compressé ou non. Exemple : vigie eval avis.csv
cli-eval-json = Un objet JSON, pour les scripts.

cli-detect-help = Cherche ce qui compte (changements de note, avis urgents, vagues d’avis, annonces) ; recommencer n’ajoute rien.
cli-detect-shop = Un seul commerce.
cli-detect-done = { $count ->
        [0] Aucune nouvelle alerte.
        [one] { $count } nouvelle alerte.
       *[other] { $count } nouvelles alertes.
    }

cli-brief-help = Affiche le point hebdomadaire d’un commerce, tel que le courrier le dit.
cli-brief-error-future = Le { $day } n’est pas encore venu : donnez avec --until un jour passé, ou aujourd’hui.
cli-brief-until = Dernier jour de la semaine (sinon aujourd’hui).

cli-send-help = Envoie les courriers en attente : par SMTP si VIGIE_SMTP_HOST est donné, sinon en fichiers .eml.
cli-send-queue-week = Prépare d’abord le point de la semaine de chaque commerce.
cli-send-queued = { $count ->
        [0] Rien de nouveau à préparer.
        [one] { $count } courrier préparé.
       *[other] { $count } courriers préparés.
    }
cli-send-none = Aucun courrier n’attend : « vigie mail list » montre les derniers.
cli-send-done = { $sent ->
        [0] Aucun courrier envoyé
        [one] { $sent } courrier envoyé
       *[other] { $sent } courriers envoyés
    }, { $retried } à réessayer, { $failed } en échec.

cli-extract-help = Affiche ce que Vigie lit sur une page : un objet JSON par ligne (review, listing, rating ou business).
cli-extract-base-url = Adresse de la page, pour résoudre ses liens.
cli-extract-kind = Ce qui est affiché ; « all » ajoute la note globale et le commerce.
cli-extract-json = Un objet JSON par ligne (c’est toujours le cas ; admis pour les scripts).
cli-extract-nothing = Rien n’a été lu sur { $page } : la page n’a ni JSON-LD, ni microdonnées, ni RDFa d’avis ou d’annonces.

cli-user-help = Les personnes qui peuvent se connecter.
cli-user-add-help = Ouvre un compte, par exemple : vigie user add conseil@example.fr --shop garage-du-pont --role adviser
cli-user-add-operator = Donne accès à tous les commerces et aux sources.
cli-user-add-shop = Commerce auquel la personne a accès ; répétable.
cli-user-add-role = Rôle auprès de ces commerces.
cli-user-added = Compte ouvert pour { $email }. « vigie user link { $email } » donne un lien de connexion.
cli-user-link-help = Affiche un lien de connexion valable un jour.
cli-user-link-where = Le lien vaut si les pages répondent sur { $url } : si « vigie run » en annonce une autre, donnez le même port avec VIGIE_PORT, ou l’adresse entière avec VIGIE_PUBLIC_URL.

error-shop-exists = Un commerce s’appelle déjà « { $slug } » : donnez un autre nom court avec --slug.
error-shop-own-rival = « { $shop } » ne peut pas être son propre concurrent : nommez un autre commerce.
error-shop-name-empty = Le nom du commerce est vide : donnez-lui un nom.
error-shop-slug = « { $text } » ne donne pas de nom court : indiquez-en un en lettres et chiffres avec --slug.
error-postcode = « { $postcode } » n’est pas un code postal français : donnez ses cinq chiffres, par exemple 37000.
error-email = « { $email } » n’est pas une adresse e-mail : corrigez-la, sur le modèle nom@exemple.fr.
error-user-exists = Un compte existe déjà pour { $email } : « vigie user set » change ses accès, « vigie user link » lui donne un lien de connexion.
error-user-unknown = Aucun compte n’existe pour { $email } : ouvrez-le avec « vigie user add ».
error-crawl-which = Rien n’est choisi, ou trop : donnez soit --due, soit une ou plusieurs fois --source N.
error-score-no-input = Aucun texte n’arrive sur l’entrée : donnez un fichier, par exemple « vigie score < textes.jsonl ».
error-port = Impossible d’écouter sur { $host }:{ $port } ({ $reason }) : choisissez un autre port avec --port, 0 pour un port libre.

cli-source-add-platform = Service ou lecteur (voir « vigie platforms ») ; sinon il est reconnu d’après l’adresse.
cli-source-add-option = Ce que le service demande et qui n’est pas secret, sous la forme nom=valeur ; répétable. wanted=yes dit que la page montre des recherches (« cherche… »), pas des ventes.
cli-source-add-recipe = Fichier JSON de la recette (docs/platforms/recipe.md).
cli-source-add-base = Adresse d’un double du service sur votre propre machine, pour un essai.
cli-source-platform = Lue comme : { $platform }.{ $count ->
        [0] {""}
       *[other] {" "}Il faut encore : { $needs }. « vigie credentials set { $number } » les enregistre ; { $page } dit comment les obtenir.
    }
cli-platforms-help = Liste les services et les pages que Vigie sait lire, et ce que chacun demande.
cli-column-platform = Nom
cli-column-gives = Service, et ce qu’il donne
cli-column-needs = Demande
cli-recipe-help = Les recettes : où une page sans données structurées montre ses avis ou ses annonces.
cli-recipe-try-help = Essaie une recette sur une page (adresse ou fichier) et montre ce qu’elle lit, sans rien enregistrer.
cli-recipe-read = { $count ->
        [0] Rien n’a été lu : vérifiez « items ».
        [one] Un élément lu.
       *[other] { $count } éléments lus.
    }{ $absent ->
        [0] {""}
       *[other] {" "}Jamais trouvés : { $missing }.
    }{ $more ->
        [0] {""}
       *[other] {" "}Page suivante : { $next }
    }
cli-credentials-help = Les identifiants des services, chiffrés dans la base.
cli-credentials-set-help = Enregistre ce que le service de la source N demande ; les secrets sont demandés, ou lus dans un fichier, jamais sur la ligne de commande.
cli-credentials-set-from = Fichier de lignes nom=valeur ou objet JSON ; « - » lit l’entrée standard.
cli-credentials-set-site = Pour toutes les sources du même service.
cli-credentials-kept = Les identifiants sont enregistrés pour { $label } : « vigie crawl --source { $number } » les essaie.
cli-credentials-list-help = Montre ce qui est enregistré pour la source N ; les secrets sont masqués.
cli-credentials-line = { $name } : { $value }
cli-credentials-rotate-help = Chiffre de nouveau tous les secrets avec la clé la plus récente.
cli-credentials-rotated = { $count ->
        [0] Aucun secret n’est enregistré.
        [one] Un secret chiffré de nouveau.
       *[other] { $count } secrets chiffrés de nouveau.
    }

# The demo.

cli-demo-help = Montre tout le travail sur une petite ville fictive : ses sites, ses avis, ses annonces. Rien ne sort de cette machine.
cli-demo-once = S’arrête après le résumé, sans servir les pages.
cli-demo-port = Port des pages, 0 pour un port libre.
cli-demo-folder = Dossier de la démonstration, refait à chaque fois.

demo-starting = La ville s’éveille…
demo-crawling = { $day } : lecture des sites de la ville…
demo-scoring = { $day } : le modèle lit les nouveaux avis…
demo-telling = Préparation des courriers…

demo-summary = La ville, vue par Vigie
demo-column-what = Quoi
demo-column-count = Combien
demo-count-shops = commerces
demo-count-sources = sources
demo-count-crawls = lectures
demo-count-reviews = avis
demo-count-scores = scores
demo-count-listings = annonces
demo-count-prices = prix relevés
demo-count-alerts = alertes
demo-count-messages = courriers
demo-alert = Alerte, { $shop } : { $sentence }
demo-no-alert = Aucune alerte.
demo-outbox = Les courriers sont dans { $path } (ouvrez-les avec un logiciel de messagerie).
demo-took = Terminé en { $seconds } s.
demo-pages = Pour voir les pages : « vigie demo » sans --once.
demo-serving = Les pages sont sur { $url } (Ctrl-C pour arrêter).
demo-link = { $role ->
        [operator] Se connecter en opérateur : { $link }
        [adviser] Se connecter en conseiller : { $link }
       *[owner] Se connecter en gérant du garage : { $link }
    }

error-demo-folder = Le dossier { $path } contient autre chose qu’une démonstration de Vigie : indiquez un autre dossier avec --folder.
error-demo-site = Le site « { $site } » n’existe pas dans la ville : choisissez parmi { $known }.
error-demo-switch = L’interrupteur « { $name } » n’existe pas : choisissez parmi { $known }.
error-demo-switches = Le fichier { $path } ne se lit pas comme une liste d’interrupteurs : effacez-le.
error-demo-no-town = Aucune ville n’a été ouverte dans { $folder } : ouvrez-la d’abord avec « vigie demo town --folder { $folder } ».
error-demo-port = Le port { $port } ou l’un des trois suivants est déjà pris : indiquez-en un autre avec --port.

cli-demo-town-help = Sert la ville seule, jusqu’à Ctrl-C, et écrit l’adresse de chaque page : ajoutez-en une avec « vigie source add », puis changez son comportement avec « vigie demo switch ».
cli-demo-town-port = Port du premier site ; les deux autres, puis les services, prennent les suivants.
cli-demo-town-folder = Dossier où la ville et ses interrupteurs se retrouvent.
cli-demo-switch-help = Change le comportement d’un site de la ville pendant qu’elle tourne. SITE est avis, artisans, marche ou services. Sans argument : la liste des interrupteurs. Exemple : « vigie demo switch avis captcha ».
cli-demo-switch-path = Pour cette seule page, par exemple /pro/garage-du-pont-vieux ; sinon tout le site.
cli-demo-switch-value = Combien : secondes, avis, pages ou pour cent, selon l’interrupteur.
cli-demo-switch-off = Remet en ordre : l’interrupteur donné, le site donné, ou toute la ville.
demo-town-services = Ces dernières adresses sont celles de services fictifs, lus par leur interface : « vigie source add ADRESSE --shop COMMERCE --platform NOM --base-url { $url } », puis « vigie credentials set » ; la clé de tous est « { $key } ».
demo-town-up = La ville est ouverte (Ctrl-C pour arrêter). Dans un autre terminal : « vigie demo switch --help ».
demo-switch-on = Allumé : { $name } sur { $site } ({ $path })

switch-redesign = nouvelle maquette, sans données structurées
switch-rename = les dates et les textes changent de nom dans les données
switch-forbidden = répond 403
switch-limited = répond 429, avec Retry-After (60 secondes)
switch-captcha = demande de prouver qu’on est humain
switch-consent = ne montre que la demande de consentement aux cookies
switch-login = demande de se connecter
switch-truncated = ne mène pas plus loin que la page 1
switch-miscounted = annonce 37 avis de trop
switch-slow = répond après 5 secondes
switch-endless-pages = a toujours une page suivante
switch-endless-body = envoie une page sans fin (500 Mo)
switch-edited = l’avis le plus récent est modifié
switch-deleted = l’avis le plus récent disparaît (le remettre : --off)
switch-moving = les avis changent de page d’une requête à l’autre
switch-prices = les prix changent de -10 %
switch-down = répond 503
switch-cut = ferme la connexion sans répondre
switch-home = donne sa page d’accueil pour toute adresse
switch-soft-404 = dit que la page n’existe plus, mais répond 200

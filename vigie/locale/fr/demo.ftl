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
demo-took = Terminé en { $seconds } s. Pour voir les pages : « vigie demo » sans --once.
demo-serving = Les pages sont sur { $url } (Ctrl-C pour arrêter).
demo-link = Lien de connexion : { $link }

error-demo-folder = Le dossier { $path } contient autre chose qu’une démonstration de Vigie : indiquez un autre dossier avec --folder.

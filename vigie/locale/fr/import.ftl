# Importing files.

import-error-missing = Le fichier { $path } n’existe pas : vérifiez le chemin.
import-error-unreadable = Le fichier { $path } est illisible ({ $reason }) : vérifiez le chemin et les droits.
import-error-empty = Le fichier { $path } est vide : il faut au moins une ligne de titres et une ligne de données.
import-error-not-text = Le fichier { $path } n’est pas un CSV ni du JSON Lines : enregistrez-le au format CSV (UTF-8) depuis votre tableur.
import-error-columns = Le fichier { $path } n’a pas de colonne { $columns } : ajoutez-la, avec son titre en première ligne (voir docs/import.md).
import-error-quotes = Le fichier { $path }, vers la ligne { $line }, contient un champ de plus de { $limit } Mo : un guillemet n’est sans doute pas fermé.
import-error-json-array = Le fichier { $path } est un tableau JSON : mettez un objet par ligne, sans crochets ni virgules (JSON Lines).
import-error-no-reviews = { $path } ne contient aucun fichier d’avis (reviews.json) : demandez à Google Takeout la « fiche d’établissement », et importez l’archive ou son dossier.
import-error-places = { $path } contient les avis de plusieurs établissements ({ $places }) : importez le dossier d’un seul, ou suivez d’abord sa fiche avec « vigie source add ».
import-error-zip = L’archive { $path } est illisible ({ $reason }) : téléchargez-la de nouveau, ou décompressez-la et importez le dossier.
import-error-large = { $path } contient plus de { $limit } Mo d’avis une fois décompressé : importez les fichiers d’avis l’un après l’autre.

import-or = { $first } ou { $second }

import-row-nul = elle contient un caractère NUL : retirez-le.
import-row-empty = elle n’a ni texte ni note : donnez l’un ou l’autre.
import-row-rating = la note « { $value } » sort de l’échelle ou est illisible : donnez par exemple 4, 4,5 ou 9/10.
import-row-date = la date « { $value } » est illisible : donnez par exemple 2024-03-12 ou 12/03/2024.
import-row-date-future = la date « { $value } » est dans l’avenir : corrigez-la.
import-row-price = le prix « { $value } » est illisible : donnez par exemple 1290,00.
import-row-title = elle n’a pas de titre : donnez-en un.
import-row-url = l’adresse « { $value } » n’est pas une adresse web : donnez-la en entier, avec https://, ou laissez la case vide.
import-row-json = ce n’est pas un objet JSON.
import-row-value = la valeur de « { $column } » n’est ni un texte ni un nombre.
import-row-in-file = { $file } n’a pas la forme d’avis de Google à cet endroit.
import-row-elsewhere = l’avis est celui d’un autre établissement ({ $place }).
import-row-long = elle dépasse { $limit } Mo.

import-label = Import
import-label-google = Google (export)
import-label-trustpilot = Trustpilot (export)
import-label-leboncoin = leboncoin (export)
import-label-lacentrale = La Centrale (export)
import-recognised = Fichier reconnu : { $export }.

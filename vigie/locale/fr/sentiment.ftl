# Sentiment: what the model reads in a review.

aspect-accueil = accueil
aspect-prix = prix
aspect-delai = délai
aspect-qualite = qualité du travail
aspect-honnetete = honnêteté et clarté
aspect-conseil = conseil
aspect-proprete = propreté et cadre
aspect-produit = produit
aspect-livraison = livraison
aspect-sav = service après-vente

urgency-securite = Sécurité
urgency-blessure = Blessure
urgency-juridique = Menace juridique
urgency-discrimination = Discrimination
urgency-fraude = Fraude
urgency-sante = Santé

polarity-neg = négatif
polarity-neu = mitigé
polarity-pos = positif

sentiment-batch-size = La taille de lot { $size } ne convient pas : donnez un nombre entier d’au moins 1.
sentiment-text-empty = Le texte numéro { $place } est vide : retirez-le, ou donnez-lui un contenu.
sentiment-model-missing = Le fichier { $path } du modèle est introuvable ou illisible : réinstallez Vigie.
sentiment-model-damaged = Le fichier { $path } du modèle n’est pas celui qui a été livré avec Vigie : réinstallez Vigie.

score-line = Ligne { $line } : { $reason }
score-line-not-json = ce n’est pas du JSON ; attendu : un objet comme {"{"}"text": "Très bon accueil"{"}"}.
score-line-not-object = ce n’est pas un objet JSON ; attendu : un objet comme {"{"}"text": "Très bon accueil"{"}"}.
score-line-no-text = l’objet n’a pas de champ « text » ; ajoutez-le.
score-line-text-type = le champ « text » n’est pas une chaîne de caractères ; mettez-le entre guillemets.
score-line-text-empty = le champ « text » est vide ; donnez-lui un contenu ou retirez la ligne.
score-line-too-long = elle dépasse { $limit } Mo ; découpez ce texte.

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
score-line-stars = le champ « stars » n’est pas un nombre de 1 à 5 ; corrigez-le ou retirez-le.
score-line-too-long = elle dépasse { $limit } Mo ; découpez ce texte.

score-model-retired = Le modèle { $model } a été remplacé par { $shown } : relancez « vigie run » avec les réglages en vigueur, ou revenez à ce modèle avec « vigie score --rescore ».

hub-extra-missing = Le modèle « { $model } » demande PyTorch, qui n’est pas installé : installez-le avec « pip install '.[hub]' », dans le dossier des sources de Vigie, ou retirez VIGIE_MODEL pour le modèle livré avec Vigie.
hub-unknown = « { $model } » n’est ni un dossier de cette machine ni un modèle du hub Hugging Face : corrigez VIGIE_MODEL.
hub-offline = Le modèle « { $model } » n’est pas sur cette machine et le hub Hugging Face ne répond pas ({ $reason }) : rétablissez le réseau, ou donnez dans VIGIE_MODEL un dossier qui contient le modèle.
hub-refused = Le hub Hugging Face refuse le modèle « { $model } » ({ $reason }) : acceptez ses conditions sur sa page et connectez-vous avec « hf auth login », ou choisissez un autre modèle.
hub-no-model = « { $model } » ne contient pas de fichier config.json : donnez dans VIGIE_MODEL un modèle enregistré par transformers.
hub-no-safetensors = Les poids du modèle « { $model } » ne sont pas au format safetensors, le seul que Vigie ouvre sans risque : convertissez-les, ou choisissez un autre modèle.
hub-no-tokenizer = Le modèle « { $model } » n’a pas de fichiers de découpage du texte (tokenizer.json) : ajoutez-les, ou choisissez un autre modèle.
hub-kind = « { $model } » n’est pas un modèle de classification de textes ({ $kind }) : choisissez un modèle « ForSequenceClassification ».
hub-labels = { $count ->
        [one] La seule étiquette du modèle « { $model } » ne dit pas
       *[other] Les { $count } étiquettes du modèle « { $model } » ne disent pas
    } une satisfaction ({ $labels }) : choisissez un modèle à deux (négatif, positif), trois (négatif, neutre, positif) ou cinq étiquettes (1 à 5 étoiles).
hub-damaged = Le modèle « { $model } » ne s’ouvre pas ({ $reason }) : téléchargez-le de nouveau, ou choisissez un autre modèle.

eval-title = { $path } : { NUMBER($count) } { $count ->
        [one] texte lu
       *[other] textes lus
    } par { $model }
eval-labels = Étiquettes de { $model } : { $labels }.
eval-star = { $count ->
        [one] { $count } étoile
       *[other] { $count } étoiles
    }
eval-all = ensemble
eval-no-source = (sans source)
eval-nothing = –
eval-column-source = Source
eval-column-texts = Textes
eval-column-binary = Binaire
eval-column-accuracy = 3 classes
eval-column-macro-f1 = F1 moyen
eval-column-star-error = Étoiles
eval-column-calibration = Calibration
eval-legend = Binaire : part des textes négatifs ou positifs lus du bon côté. Étoiles : écart moyen avec celles données. Calibration : écart moyen entre la confiance et l’exactitude, 0 au mieux. Un texte de langue inconnue compte comme une erreur.
eval-column-given = Donné
eval-read-as = Lu { $label }
eval-label-neg = négatif
eval-label-neu = neutre
eval-label-pos = positif
eval-label-und = langue inconnue

eval-no-file = Le fichier { $path } n’existe pas : vérifiez son nom.
eval-unreadable = Le fichier { $path } ne se lit pas ({ $reason }) : vérifiez que c’est un CSV, ou un CSV compressé par gzip, que vous avez le droit de lire.
eval-not-utf8 = Le fichier { $path } n’est pas en UTF-8 : enregistrez-le de nouveau au format « CSV UTF-8 ».
eval-empty-file = Le fichier { $path } ne commence pas par des titres de colonnes : sa première ligne doit nommer « text », et « stars » ou « polarity ».
eval-columns = Le fichier { $path } n’a pas les colonnes attendues (lues : { $columns }) : sa première ligne doit nommer « text », et « stars » ou « polarity ».
eval-no-row = Le fichier { $path } n’a que sa ligne de titres : ajoutez des textes à lire.
eval-bad-csv = Ligne { $line } : le CSV est mal formé ({ $reason }) ; vérifiez ses guillemets.
eval-too-many-values = Ligne { $line } : plus de valeurs que de colonnes ; mettez entre guillemets tout texte qui contient « { $delimiter } ».
eval-empty-text = Ligne { $line } : le texte est vide ; donnez-lui un contenu ou retirez la ligne.
eval-no-label = Ligne { $line } : ni étoiles ni polarité ; donnez l’une ou l’autre, ou retirez la ligne.
eval-bad-stars = Ligne { $line } : « { $value } » n’est pas un nombre d’étoiles ; donnez un nombre de 0 à 5, comme 4 ou 3,5.
eval-bad-polarity = Ligne { $line } : « { $value } » n’est pas une polarité ; écrivez neg, neu ou pos.

# Errors: one sentence that names the input and the remedy.

error-setting = Le réglage { $variable } vaut « { $value } », ce qui ne convient pas ({ $reason }) : corrigez cette variable d’environnement (voir docs/settings.md).
error-secret-file = Le fichier { $path } indiqué par { $variable } est illisible ({ $reason }) : vérifiez le chemin et les droits.
error-secret-key-short = VIGIE_SECRET_KEY ne compte que { $length } caractères : donnez-en au moins 32 (par exemple avec « openssl rand -hex 32 »).
error-data-dir = Le dossier de données { $path } ne peut pas être utilisé ({ $reason }) : donnez-y les droits d’écriture ou choisissez-en un autre avec VIGIE_DATA_DIR.

error-store-missing = La base { $url } n’existe pas encore : créez-la avec « vigie init ».
error-store-outdated = La base { $url } date d’une version plus ancienne de Vigie : mettez-la à niveau avec « vigie init ».
error-store-newer = La base { $url } vient d’une version plus récente de Vigie (révision { $revision }) : installez cette version, ou restaurez une sauvegarde.
error-store-orphans = La mise à niveau de la base { $url } laisserait des lignes sans attache dans « { $table } » : rien n’a été changé. Restaurez une sauvegarde saine, puis recommencez.
error-store-locked = La base { $url } est verrouillée par un autre programme : fermez-le, puis recommencez. Rien n’a été perdu.
error-store-readonly = La base { $url } est en lecture seule : donnez les droits d’écriture sur le fichier et son dossier.
error-store-full = Le disque de la base { $url } est plein : libérez de la place, puis recommencez. Rien n’a été perdu.
error-store-corrupt = La base { $url } est abîmée ou n’est pas une base Vigie : restaurez une sauvegarde, ou choisissez un autre VIGIE_DATA_DIR.
error-store-unreachable = La base { $url } ne répond pas ({ $reason }) : vérifiez VIGIE_DATABASE_URL et que le serveur est démarré.
error-store-driver = L’adresse de base { $url } n’est pas reconnue ({ $reason }) : utilisez sqlite:///chemin ou postgresql+psycopg://…, avec l’extra [postgres] installé (« pip install '.[postgres]' », dans le dossier des sources de Vigie).

error-shop-unknown = Aucun commerce ne s’appelle « { $shop } » : « vigie shop list » donne les noms connus.
error-source-nothing = Rien à changer pour la source n° { $source } : donnez --every (en heures), --cron, --adaptive, --full-every (en jours), --label, --url ou --browser.
error-source-unknown = Aucune source ne porte le numéro { $source } : « vigie source list » donne les numéros connus.

error-file-missing = Le fichier { $path } n’existe pas : vérifiez le chemin.
error-file = Le fichier { $path } est illisible ({ $reason }) : vérifiez le chemin et les droits.
error-file-large = Le fichier { $path } dépasse { $limit } Mo : augmentez VIGIE_MAX_BODY_MB, ou donnez une page plus petite.
error-url = « { $url } » n’est pas une adresse que Vigie peut lire : donnez une adresse http ou https complète, sans mot de passe.
error-fetch = La page { $url } n’a pas pu être lue ({ $reason }) : vérifiez l’adresse, ou essayez plus tard.
error-fetch-status = La page { $url } a répondu « HTTP { $status } » : vérifiez l’adresse et que la lecture y est permise.

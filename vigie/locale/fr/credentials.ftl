# Les identifiants des services : leur enregistrement, leur chiffrement.

credential-error-key = VIGIE_CREDENTIAL_KEYS ne contient pas de clé utilisable : donnez des clés Fernet (32 octets en base64), la plus récente d’abord, ou retirez ce réglage.
credential-error-sealed = Les identifiants enregistrés ont été chiffrés avec une autre clé : rendez-la à VIGIE_CREDENTIAL_KEYS, ou enregistrez-les de nouveau avec « vigie credentials set ».
credential-error-none-needed = La source n° { $source } ({ $label }) n’a besoin d’aucun identifiant.
credential-error-unknown = « { $name } » n’est pas demandé par { $platform } : ce service demande { $needs }.
credential-error-file = { $path } n’est pas lisible comme identifiants : donnez un objet JSON, ou une ligne « nom=valeur » par identifiant.
credential-error-long = La valeur de « { $name } » est trop longue : { $limit } caractères au plus.
credential-error-nothing = Rien n’a été donné : la source n° { $source } garde ce qu’elle avait.

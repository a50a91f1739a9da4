# Ce qui presse, les vagues d’avis, et ce qui sort de l’ordinaire : jamais un jugement sur les gens.

alert-kind-urgent-review = Avis à lire tout de suite
alert-urgent-review-headline = Un avis à lire tout de suite ({ $kinds })
alert-urgent-review = Le { $published }, sur { $source }, { $known ->
        [yes] { $author }
       *[no] un client
    } écrit : « { $quote } ». Vigie y lit : { $kinds }.
alert-urgent-review-todo = { $first ->
        [blessure] Prenez des nouvelles de la personne, notez ce qui s’est passé et prévenez votre assureur avant de répondre en public.
        [sante] Mettez de côté ce qui est en cause, vérifiez les températures, les lots et le nettoyage, puis répondez ce que vous avez fait.
        [securite] Retrouvez le dossier, proposez au client de tout vérifier sans frais, puis répondez sous l’avis que c’est fait.
        [discrimination] Écoutez la personne et votre équipe avant de répondre, puis dites ce que vous avez changé.
        [fraude] Ressortez le devis et la facture, appelez le client si vous le reconnaissez, puis répondez avec des faits.
       *[juridique] Rassemblez devis, factures et messages, répondez avec calme et proposez le médiateur de la consommation.
    }

urgent-mail-subject = { $headline } : { $shop }
urgent-mail-page = L’alerte : { $url }
urgent-mail-why = Vous recevez ce message parce qu’un avis demande une réponse sans attendre le courrier de la semaine. Il n’y en a qu’un par avis.

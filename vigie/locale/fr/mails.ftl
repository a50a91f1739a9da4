# The mails that were queued: where each is on its way, why it failed, sending it again.

mails-title = Courriers
mails-lead = Ce que Vigie a préparé, du plus récent au plus ancien.
mails-none = Aucun courrier n’a encore été préparé.
mails-no-match = Aucun courrier n’est dans cet état.
mails-count = { $count ->
        [one] { $count } courrier
       *[other] { $count } courriers
    }
mails-states = État des courriers
mails-all = tous
mails-state-queued = en attente
mails-state-sending = en cours d’envoi
mails-state-sent = envoyé
mails-state-failed = en échec
mails-kind-weekly = Point de la semaine
mails-kind-urgent = Avis urgent
mails-kind-health = Santé des sources
mails-kind-sign-in = Lien de connexion
mails-to = à { $recipient }
mails-prepared = Préparé { $ago }
mails-sent = Envoyé { $ago }
mails-attempts = { $count ->
        [one] { $count } essai
       *[other] { $count } essais
    }
mails-next = Prochain essai { $ago }
mails-again = Renvoyer
mails-again-label = Renvoyer « { $subject } » à { $recipient }
mails-again-done = Le courrier « { $subject } » repartira dans un instant.
mails-failed-notice = { $count ->
        [one] Un courrier n’a pas pu partir
       *[other] { $count } courriers n’ont pas pu partir
    }
mails-error-unknown = Aucun courrier ne porte le numéro { $number } : « vigie mail list » donne les numéros connus.
mails-error-state = Le courrier n° { $number } { $state ->
        [sent] est déjà parti
       *[other] attend déjà de partir
    } : rien n’est à refaire.
mails-error-bytes = Il ne reste rien à envoyer du courrier n° { $number } : il n’a pas pu être composé, ou son texte a été effacé avec une source. Corrigez ce que dit son échec : le suivant partira.
mails-error-link = Le courrier n° { $number } portait un lien de connexion, qui ne vaut qu’une heure : demandez-en un autre.

cli-mail-help = Les courriers préparés : où en est chacun.
cli-mail-list-help = Liste les derniers courriers préparés, leur état et la raison d’un échec.
cli-mail-list-failed = Seulement ceux qui n’ont pas pu partir.
cli-mail-list-count = Combien, au plus.
cli-mail-retry-help = Remet en attente un courrier en échec ; « vigie send » ou le calendrier l’envoie.
cli-mail-retried = Courrier n° { $number } remis en attente pour { $recipient } : « vigie send » l’envoie tout de suite.
cli-column-when = Préparé
cli-column-recipient = Destinataire
cli-column-subject = Objet
cli-column-mail-state = État

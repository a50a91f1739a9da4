# Why the machine or a setting's value refuses, within the brackets of a sentence.

reason-eacces = accès refusé
reason-eperm = opération refusée
reason-enoent = il n’existe pas
reason-eexist = un fichier porte déjà ce nom
reason-eisdir = c’est un dossier
reason-enotdir = un fichier est sur le chemin
reason-enospc = le disque est plein
reason-erofs = le disque est en lecture seule
reason-enametoolong = le nom est trop long
reason-eaddrinuse = déjà pris par un autre programme
reason-eaddrnotavail = cette adresse n’est pas celle de cette machine
reason-econnrefused = connexion refusée
reason-econnreset = connexion coupée
reason-etimedout = pas de réponse à temps
reason-enetunreach = réseau injoignable
reason-ehostunreach = machine injoignable
reason-host = nom de machine introuvable
reason-not-utf8 = il n’est pas en UTF-8

reason-int-parsing = il faut un nombre entier
reason-float-parsing = il faut un nombre
reason-greater-than = il faut plus de { $gt }
reason-greater-than-equal = il faut { $ge } au moins
reason-less-than-equal = il faut { $le } au plus
reason-literal-error = choisissez parmi { $expected }

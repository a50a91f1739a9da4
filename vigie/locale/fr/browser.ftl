# Les pages que seuls leurs scripts remplissent.

crawl-trouble-browser = Le navigateur n’a pas pu ouvrir la page : vérifiez l’extra [browser] et chromium, ou lisez la source sans lui (« vigie source set N --no-browser »).
browser-error-extra = Il manque l’extra [browser] : « pip install '.[browser]' », dans le dossier des sources de Vigie, l’installe.
browser-error-chromium = Il manque un navigateur : installez le paquet chromium de votre système.
browser-error-service = La source { $source } est lue par l’interface d’un service : aucun navigateur n’y sert.
browser-set-help = Ouvre chaque page dans un navigateur (ou non) : pour les pages que seuls leurs scripts remplissent. Plus lent, et dix pages au plus par lecture.
browser-on = { $label } : chaque page est ouverte dans un navigateur.
browser-off = { $label } : les pages sont lues sans navigateur.

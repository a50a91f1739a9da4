# Reading a page: what stops it, and what was dropped on it.

extract-error-page-too-large = La page pèse { $size } Mo, plus que les { $limit } Mo admis : donnez l’adresse d’une page plus courte, par exemple une seule page d’avis.

extract-problem-no-markup = La page ne contient aucune balise HTML : vérifiez qu’il s’agit bien d’une page web.
extract-problem-json-broken = Un bloc JSON-LD est illisible (« { $detail } ») et a été laissé de côté : signalez-le au site.
extract-problem-too-many-blocks = La page a plus de { $detail } blocs JSON-LD : seuls les premiers ont été lus.
extract-problem-too-many-nodes = La page décrit plus de { $detail } objets, ou des objets trop imbriqués : la suite a été laissée de côté.
extract-problem-too-many-reviews = La page a plus de { $detail } avis : seuls les premiers ont été lus ; suivez plutôt sa pagination.
extract-problem-too-many-listings = La page a plus de { $detail } annonces : seules les premières ont été lues ; suivez plutôt sa pagination.
extract-problem-reviews-of-another = La page montre aussi { $detail } avis sur des produits voisins : ils n’ont pas été repris.
extract-problem-listings-of-another = La page montre aussi { $detail } articles qu’elle ne fait que suggérer : ils n’ont pas été repris.
extract-problem-rating-outside-scale = La note { $detail } est hors de son échelle : l’avis est gardé sans note, à vérifier sur la page.
extract-problem-price-impossible = Un prix ({ $detail }) n’est pas possible : l’annonce est gardée sans prix, à vérifier sur la page.
extract-problem-date-unreadable = La date « { $detail } » ne se lit pas : l’élément est gardé sans elle, à vérifier sur la page.
extract-problem-date-in-future = La date { $detail } est dans le futur : l’élément est gardé sans elle, à vérifier sur la page.

# Words on the charts.

chart-stars = étoiles
chart-reviews = avis
chart-change = changement le { $day }

tone-neg = négatifs
tone-neu = mitigés
tone-pos = positifs

cadence-error-cron = « { $given } » n’est pas une expression cron : il faut cinq champs (minute, heure, jour du mois, mois, jour de la semaine), par exemple « 0 6 * * 1-5 » pour 6 h du lundi au vendredi.
cadence-error-never = « { $given } » ne tombe jamais : ce jour n’existe dans aucun mois choisi.
cadence-error-often = « { $given } » revient plus d’une fois en { $minutes } minutes : espacez les lectures, par exemple « */30 * * * * ».

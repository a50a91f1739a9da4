# Words that several pages, mails and commands share.

outcome-ok = lue
outcome-unchanged = rien de nouveau
outcome-empty = vide
outcome-partial = incomplète
outcome-blocked = refusée
outcome-disallowed = interdite
outcome-broken = illisible
outcome-unreachable = injoignable

health-new = nouvelle
health-healthy = en ordre
health-late = en retard
health-degraded = incomplète
health-broken = en panne
health-blocked = bloquée
health-disallowed = interdite

# Why a rating moved: the aspects spoken of more.

shift-why-down = Critiqué plus souvent depuis : { $aspects }.
shift-why-up = Loué plus souvent depuis : { $aspects }.
shift-why-aspect = { $aspect } (dans { $after } des avis, contre { $before } avant)

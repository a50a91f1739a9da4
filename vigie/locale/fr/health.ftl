# The operators' mail on sources whose health changed, and the list of changes on a source's page.

health-mail-subject-one = { $source } : { $health } ({ $shop })
health-mail-subject-many = { $count } sources ont changé d’état
health-mail-change = { $source } ({ $shop }) : { $before } → { $health }, le { $moment }.
health-mail-page = La source : { $url }
health-mail-why = Vous recevez ce message parce que vous exploitez cette installation de Vigie. Il n’y en a qu’un par changement d’état, jamais un par lecture.

health-changes-title = Changements d’état
health-changes-none = L’état de cette source n’a pas encore changé.

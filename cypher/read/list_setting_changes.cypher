// Every change of a threshold or weight, the first first.
// parameters: none
// returns: number, scope, setting, value, previous, by, at, reason, undoes
// cardinality: many
MATCH (c:SettingChange)
RETURN c.number AS number, c.scope AS scope, c.setting AS setting, c.value AS value, c.previous AS previous,
       c.by AS by, c.at AS at, c.reason AS reason, c.undoes AS undoes
ORDER BY number, setting

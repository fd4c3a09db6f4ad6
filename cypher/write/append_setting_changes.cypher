// Write down changes of settings.
// parameters: rows
// returns: none
// cardinality: write
UNWIND $rows AS row
CREATE (c:Entity:SettingChange)
SET c = row

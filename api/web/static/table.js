// Sort a table in place by its column heads.

import { byColumn, mark, pressable } from "./sorting.js";

const table = document.getElementById("board");

function sort(head, down) {
  mark(table, head, down);
  table.tBodies[0].append(...[...table.tBodies[0].rows].sort(byColumn(head, down)));
}

if (table) pressable(table, sort);

// Sort a table in place by its column heads.

import { t } from "./i18n.js";

const table = document.getElementById("board");

function value(row, column, kind) {
  const cell = row.cells[column];
  const text = cell.dataset.value ?? cell.textContent.trim();
  return kind === "number" ? Number(text) : text;
}

function sort(head, kind) {
  const column = head.cellIndex;
  const ascending = head.getAttribute("aria-sort") !== "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
  const compare = kind === "number" ? (a, b) => a - b : (a, b) => a.localeCompare(b, "zh-CN");
  const rows = [...table.tBodies[0].rows];
  rows.sort((a, b) => compare(value(a, column, kind), value(b, column, kind)) * (ascending ? 1 : -1));
  table.tBodies[0].append(...rows);
}

for (const head of table?.querySelectorAll("th[data-sort]") ?? []) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "sort";
  button.title = t("按此列排序");
  button.append(...head.childNodes);
  head.append(button);
  button.addEventListener("click", () => sort(head, head.dataset.sort));
}

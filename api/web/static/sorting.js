// The heads of a table as buttons that sort it.

import { t } from "./i18n.js";

const byNumber = (a, b) => a - b;
const byText = (a, b) => a.localeCompare(b, "zh-CN");

/** How two rows compare by the column under a head, which says what is in it. */
export function byColumn(head, down) {
  const column = head.cellIndex;
  const compare = head.dataset.sort === "number" ? byNumber : byText;
  const read = ({ cells }) => cells[column].dataset.value ?? cells[column].textContent.trim();
  return (a, b) => compare(read(a), read(b)) * (down ? -1 : 1);
}

/** Say by which head the rows stand, by none when there is none. */
export function mark(table, head, down) {
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head?.setAttribute("aria-sort", down ? "descending" : "ascending");
}

/** Make the heads that can sort buttons; a second press turns the order round. */
export function pressable(table, sort) {
  for (const head of table.querySelectorAll("th[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.title = t("按此列排序");
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sort(head, head.getAttribute("aria-sort") === "ascending"));
  }
}

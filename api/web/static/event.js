// One event: propose, schedule, undo; meetings are moved by hand, by dragging or by keys, and checked at once.

import { by, desk, edit, trouble, working } from "./event_desk.js";
import { complain, send } from "./send.js";
import { t } from "./i18n.js";

const grid = document.getElementById("grid");
for (const acts of document.querySelectorAll(".acts")) acts.hidden = false;

function act(path, body = {}) {
  const seen = Number(desk.dataset.seen);
  const url = `/api/v1/events/${encodeURIComponent(desk.dataset.event)}/${path}`;
  return edit(url, { seen, ...body }, () => location.reload());
}

for (const button of desk.querySelectorAll("[data-do]")) {
  button.addEventListener("click", () => act(button.dataset.do));
}

const pair = (element) => ({ a: element.dataset.a, b: element.dataset.b });
for (const button of document.querySelectorAll("[data-mark]")) {
  const row = button.closest("tr");
  button.addEventListener("click", async () => {
    if (button.dataset.mark === "pin") return act("marks", { ...pair(row), pinned: button.dataset.on === "yes" });
    if (!by.reportValidity()) return undefined;
    const { a, b } = pair(row);
    const url = `/api/v1/events/${encodeURIComponent(desk.dataset.event)}/answers`;
    const { problem } = await send(url, { by: by.value, party: a, other: b, accept: true });
    return problem ? complain(trouble, problem) : act("answers", { party: b, other: a, accept: true, seen: null });
  });
}

// --- moving ---

let held = null;
const cellOf = (element) => element.closest("td");
const drop = (cell) => held && act("place", { ...pair(held), slot: cell.dataset.slot, table: cell.dataset.table });

grid.addEventListener("dragstart", (event) => {
  held = event.target.closest(".meeting");
  event.dataTransfer.setData("text/plain", held.textContent);
});
grid.addEventListener("dragover", (event) => {
  const cell = cellOf(event.target);
  if (!cell || !held) return;
  event.preventDefault();
  over(cell);
});
grid.addEventListener("drop", (event) => {
  event.preventDefault();
  const cell = cellOf(event.target);
  if (cell) drop(cell);
});
grid.addEventListener("dragend", release);

function over(cell) {
  for (const one of grid.querySelectorAll(".over")) one.classList.remove("over");
  cell?.classList.add("over");
}

function release() {
  held?.classList.remove("held");
  held = null;
  over(null);
}

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
grid.addEventListener("keydown", (event) => {
  const cell = cellOf(event.target);
  if (!cell) return;
  const meeting = cell.querySelector(".meeting");
  if (event.key in STEPS) {
    event.preventDefault();
    const [down, right] = STEPS[event.key];
    const row = grid.tBodies[0].rows[cell.parentElement.sectionRowIndex + down];
    const next = row?.cells[cell.cellIndex + right];
    if (next?.dataset.slot) {
      (held ? next : next.querySelector(".meeting") ?? next).focus();
      if (held) over(next);
    }
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (held && cell !== cellOf(held)) drop(cell);
    else if (held) release();
    else if (meeting) {
      held = meeting;
      held.classList.add("held");
      working.textContent = t("已拿起：用方向键移到空格，回车放下");
    }
  } else if (event.key === "Escape") {
    release();
    working.textContent = "";
  } else if (meeting && event.key.toLowerCase() === "l") {
    act("marks", { ...pair(meeting), locked: meeting.dataset.locked !== "yes" });
  } else if (meeting && event.key === "Delete") {
    act("place", pair(meeting));
  }
});

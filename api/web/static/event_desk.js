// The desk of the pages of an event: who edits, kept from page to page, and what is said while an edit is on its way.

import { complain, send } from "./send.js";
import { t } from "./i18n.js";

export const desk = document.getElementById("desk");
export const trouble = document.getElementById("trouble");
export const working = document.getElementById("working");
export const by = desk.elements.by;
const KEPT = "ronglian-by";
desk.hidden = false;
by.value ||= sessionStorage.getItem(KEPT) ?? "";
desk.addEventListener("submit", (event) => event.preventDefault());

document.getElementById("undo")?.addEventListener("click", () => {
  const url = `/api/v1/events/${encodeURIComponent(desk.dataset.event)}/undo`;
  edit(url, { seen: Number(desk.dataset.seen) }, () => location.reload());
});

/** Send an edit with the name of who makes it; ``done`` takes the answer. What is refused is said on the page. */
export async function edit(url, body, done) {
  if (!by.reportValidity()) return;
  sessionStorage.setItem(KEPT, by.value);
  working.textContent = t("正在处理…");
  const { problem, said } = await send(url, { by: by.value, ...body });
  working.textContent = "";
  if (problem) complain(trouble, problem);
  else done(said);
}

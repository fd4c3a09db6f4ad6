// Forms of an event: each sends its fields, who edits and what they saw to its own address, then shows what became of it.

import { complain, send } from "./send.js";
import { t } from "./i18n.js";

const desk = document.getElementById("desk");
const trouble = document.getElementById("trouble");
const working = document.getElementById("working");
const by = desk.elements.by;
const KEPT = "ronglian-by";
desk.hidden = false;
by.value ||= sessionStorage.getItem(KEPT) ?? "";
desk.addEventListener("submit", (event) => event.preventDefault());

/** The fields of a form as JSON; an empty number or date is left out, so that what cannot be seen is not wiped out. */
function fieldsOf(form) {
  const said = {};
  for (const field of form.elements) {
    if (!field.name || (field.type === "radio" && !field.checked)) continue;
    if (field.type === "checkbox") said[field.name] = field.checked;
    else if (field.type === "number") {
      if (field.value !== "") said[field.name] = Number(field.value);
    } else if (field.type === "date") said[field.name] = field.value || null;
    else if (field.dataset.many) said[field.name] = [...field.selectedOptions].map((one) => one.value);
    else if (field.name === "held") said.held = field.value === "yes";
    else said[field.name] = field.value;
  }
  return said;
}

for (const form of document.querySelectorAll("form[data-url]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!by.reportValidity()) return;
    sessionStorage.setItem(KEPT, by.value);
    working.textContent = t("正在处理…");
    const { url, ...named } = form.dataset;
    const seen = desk.dataset.seen === undefined ? null : Number(desk.dataset.seen);
    const { problem, said } = await send(url, { by: by.value, seen, ...named, ...fieldsOf(form) });
    working.textContent = "";
    if (problem) complain(trouble, problem);
    else if (said.notices) form.dispatchEvent(new CustomEvent("done", { detail: said }));
    else location.reload();
  });
}

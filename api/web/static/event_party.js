// One registration: what was not touched is not sent, so that what cannot be seen here stays as it is.

import { desk, edit } from "./event_desk.js";

const form = document.getElementById("party");
const names = (text) => [...new Set(text.split(/[;；\n]/).map((one) => one.trim()).filter(Boolean))];
const away = () => [...document.querySelectorAll("#away :checked")].map((one) => one.dataset.span).join("；");
const first = away();

for (const adding of document.querySelectorAll("[data-adds]")) {
  const list = form.elements[adding.dataset.adds];
  const add = () => {
    if (!adding.value.trim()) return;
    list.value = [...names(list.value), adding.value.trim()].join("；");
    adding.value = "";
  };
  adding.addEventListener("change", add);
  adding.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    add();
  });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const said = { organisation: form.dataset.organisation, role: form.elements.role.value };
  for (const field of form.elements) {
    if (!field.name || field.type === "radio" || field.value === field.defaultValue) continue;
    said[field.name] = "names" in field.dataset ? names(field.value) : field.value;
  }
  if (away() !== first) said.away = away();
  edit(form.dataset.url, { seen: Number(desk.dataset.seen), ...said }, () => location.assign(form.dataset.then));
});

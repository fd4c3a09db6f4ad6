// Thresholds and weights: the sums as one types, and what is saved.

import { complain, send } from "./send.js";
import { t } from "./i18n.js";

const form = document.getElementById("settings");
const said = document.getElementById("said");
const inputs = [...form.querySelectorAll("input[data-inherited]")];
form.querySelector("fieldset").disabled = false;

const current = (input) => (input.value.trim() === "" ? Number(input.dataset.inherited) : Number(input.value));

function add() {
  for (const group of form.querySelectorAll("[data-whole]")) {
    const total = [...group.querySelectorAll("input[data-inherited]")].reduce((sum, input) => sum + current(input), 0);
    const output = group.querySelector(".sum");
    output.textContent = t("合计 {total}", { total: Number(total.toFixed(6)) });
    output.classList.toggle("wrong", Math.abs(total - 1) > 1e-6);
  }
}
form.addEventListener("input", add);
add();

function signed(more) {
  const { by, reason } = form.elements;
  return { scope: form.dataset.scope, seen: Number(form.dataset.number), by: by.value, ...(more.undo ? {} : { reason: reason.value }), ...more.body };
}

async function save(url, more = {}) {
  said.textContent = t("正在保存…");
  const { problem } = await send(url, signed(more));
  if (!problem) {
    location.reload();
    return;
  }
  complain(said, problem);
  const wrong = problem.where && form.elements[problem.where];
  for (const input of inputs) input.removeAttribute("aria-invalid");
  wrong?.setAttribute?.("aria-invalid", "true");
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const changed = inputs.filter((input) => input.value !== input.defaultValue);
  if (!changed.length) {
    said.textContent = t("没有改动任何一项。");
    return;
  }
  const values = Object.fromEntries(changed.map((input) => [input.name, input.value.trim() === "" ? null : Number(input.value)]));
  save("/api/v1/settings", { body: { values } });
});
document.getElementById("reset").addEventListener("click", () => save("/api/v1/settings/reset"));
document.getElementById("undo")?.addEventListener("click", () => save("/api/v1/settings/undo", { undo: true }));

// --- the district at home ---------------------------------------------------------------------------------------------

const district = document.getElementById("district-form");
const answered = document.getElementById("district-said");
district.querySelector("fieldset").disabled = false;
district.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { place, by } = district.elements;
  const { problem } = await send("/api/v1/settings/district", { place: place.value, by: by.value });
  if (problem) complain(answered, problem);
  else location.reload();
});

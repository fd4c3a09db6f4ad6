// Links of a firm: confirmed, rejected, taken back, by whoever says who they are and why.

import { complain, send } from "./send.js";
import { t } from "./i18n.js";

async function change(form, url, body) {
  const { firm, segment } = form.closest(".link").dataset;
  const said = form.querySelector(".said");
  said.textContent = t("正在保存…");
  const { problem } = await send(url, { firm, segment, by: form.elements.by.value, ...body });
  if (!problem) {
    location.reload();
    return;
  }
  complain(said, problem);
  for (const name of ["by", "reason"]) {
    if (problem.where === name) form.elements[name].setAttribute("aria-invalid", "true");
    else form.elements[name].removeAttribute("aria-invalid");
  }
}

for (const form of document.querySelectorAll("form.decide")) {
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const state = event.submitter?.value ?? "confirmed";
    change(form, "/api/v1/links/decisions", { state, reason: form.elements.reason.value });
  });
  form.querySelector("[data-undo]")?.addEventListener("click", () => change(form, "/api/v1/links/undo", {}));
}

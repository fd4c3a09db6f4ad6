// The matches of a need, as soon as they are there; what a side says of one, kept and taken back.

import { fragment } from "./fragment.js";
import { complain, send } from "./send.js";
import { t } from "./i18n.js";

const place = document.getElementById("matches");

async function load() {
  place.replaceChildren(...(await fragment(place.dataset.url)));
  prepare();
}

async function act(url, body, said) {
  said.textContent = t("正在保存…");
  const { problem } = await send(url, body);
  if (problem) complain(said, problem);
  else if (place) await load();
  else location.reload();
}

function prepare() {
  for (const form of document.querySelectorAll("form.say")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const { side, reason, by } = form.elements;
      const answer = event.submitter.value;
      const { wanted, offered } = form.dataset;
      const why = answer === "declined" && reason.value ? reason.value : null;
      act("/api/v1/pair-answers", { wanted, offered, side: side.value, answer, reason: why, by: by?.value ?? "" }, form.querySelector(".said"));
    });
  }
  for (const button of document.querySelectorAll(".take-back")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const { wanted, offered, side, by } = button.dataset;
      act("/api/v1/pair-answers/undo", { wanted, offered, side, by }, button.closest("li"));
    });
  }
}

if (place) await load();
else prepare();

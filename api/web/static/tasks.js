// Verification tasks: given out anew, handed to somebody.

import { complain, send } from "./send.js";
import { t } from "./i18n.js";

const said = document.getElementById("said");

async function act(url, body) {
  said.textContent = t("正在保存…");
  const { problem } = await send(url, body);
  if (problem) complain(said, problem);
  else location.reload();
}

const create = document.getElementById("create");
create.hidden = false;
create.addEventListener("submit", (event) => {
  event.preventDefault();
  act("/api/v1/tasks/create", {});
});

const assign = document.getElementById("assign");
if (assign) {
  assign.hidden = false;
  assign.addEventListener("submit", (event) => {
    event.preventDefault();
    const { owner, due_on } = assign.elements;
    act("/api/v1/tasks/assign", { town: assign.dataset.town, owner: owner.value, due_on: due_on.value || null });
  });
}

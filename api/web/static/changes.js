// Keep the board of today.

import { complain, send } from "./send.js";
import { t } from "./i18n.js";

const form = document.getElementById("take");
const said = document.getElementById("said");
form.hidden = false;
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  said.textContent = t("正在留存…");
  const { problem } = await send("/api/v1/snapshots", { by: form.elements.by.value, note: form.elements.note.value });
  if (problem) complain(said, problem);
  else location.reload();
});

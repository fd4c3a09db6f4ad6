// Keep the board of today; write down where a target stands.

import { complain, send } from "./send.js";
import { t } from "./i18n.js";

function sends(form, url, saying) {
  if (!form) return; // not for whoever is looking
  const said = form.querySelector("[role=status]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.textContent = saying;
    const filled = [...new FormData(form)].filter(([, value]) => value.trim());
    const { problem } = await send(url, Object.fromEntries(filled));
    if (problem) complain(said, problem);
    else location.reload();
  });
}

sends(document.getElementById("take"), "/api/v1/snapshots", t("正在留存…"));
sends(document.getElementById("reading"), "/api/v1/plan/readings", t("正在保存…"));

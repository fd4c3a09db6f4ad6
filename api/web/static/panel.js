// The panel beside the map.

import { fragment, waiting } from "./fragment.js";
import { t } from "./i18n.js";

const panel = document.getElementById("panel");
let under = null;

/** Whether the panel is open. */
export function panelIsOpen() {
  return !panel.hidden;
}

/** Open the panel on what ``url`` answers; ``name`` says meanwhile what is being read. */
export async function openPanel(url, name, focus) {
  under?.abort();
  under = new AbortController();
  panel.hidden = false;
  document.body.classList.add("with-panel");
  panel.setAttribute("aria-busy", "true");
  panel.setAttribute("aria-label", name);
  panel.replaceChildren(waiting(t("正在读取“{name}”…", { name })));
  if (focus) panel.focus({ preventScroll: true });
  try {
    const nodes = await fragment(url, under.signal);
    panel.replaceChildren(...nodes);
    panel.scrollTop = 0;
    panel.removeAttribute("aria-busy");
    panel.dispatchEvent(new CustomEvent("panel", { bubbles: true }));
    panel.querySelector(".detail")?.focus();
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
}

/** Close it. */
export function closePanel() {
  under?.abort();
  panel.hidden = true;
  panel.replaceChildren();
  document.body.classList.remove("with-panel");
}

// The review queue: decide, undo, go on; every button has a key.
import { complain, send } from "./send.js";

const pair = document.getElementById("pair");
const trouble = document.getElementById("trouble");

function buttons(disabled) {
  for (const button of document.querySelectorAll("[data-same], [data-undo]")) button.disabled = disabled;
}

async function act(path, id, body) {
  buttons(true);
  const { said, problem } = await send(`/api/v1/reviews/${encodeURIComponent(id)}/${path}`, body);
  if (problem) {
    complain(trouble, problem);
    buttons(false);
    return;
  }
  const here = new URL(location.href);
  here.searchParams.delete("pair");
  here.searchParams.set("done", said.id);
  location.assign(here);
}

for (const button of document.querySelectorAll("[data-same]")) {
  button.addEventListener("click", () =>
    act("decision", pair.dataset.pair, { same: button.dataset.same === "true", version: Number(pair.dataset.version) }),
  );
}
for (const button of document.querySelectorAll("[data-undo]")) {
  button.addEventListener("click", () => act("undo", button.dataset.undo, { version: Number(button.dataset.version) }));
}

const KEYS = { s: "[data-same=true]", d: "[data-same=false]", u: "[data-undo]", n: "#next" };
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const target = KEYS[event.key.toLowerCase()];
  if (!target) return;
  document.querySelector(target)?.click();
});

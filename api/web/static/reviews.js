// The review queue: decide, undo, go on; every button has a key.
import { t } from "./i18n.js";

const pair = document.getElementById("pair");
const trouble = document.getElementById("trouble");

async function send(path, body) {
  const options = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    return say(t("没有连上服务，请稍后重试"));
  }
  if (answer.ok) return answer.json();
  const problem = await answer.json().catch(() => ({}));
  return say([problem.detail, problem.cure].filter(Boolean).join(" "));
}

function say(text) {
  trouble.textContent = text;
  trouble.hidden = false;
  trouble.scrollIntoView({ block: "nearest" });
  buttons(false);
  return null;
}

function buttons(disabled) {
  for (const button of document.querySelectorAll("[data-same], [data-undo]")) button.disabled = disabled;
}

async function act(path, id, body) {
  buttons(true);
  const done = await send(`/api/v1/reviews/${encodeURIComponent(id)}/${path}`, body);
  if (!done) return;
  const here = new URL(location.href);
  here.searchParams.delete("pair");
  here.searchParams.set("done", done.id);
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

// All open needs of a chain: begun here or found running after a reload, watched, stopped.

import { fragment } from "./fragment.js";
import { complain, send } from "./send.js";
import { t } from "./i18n.js";

const place = document.getElementById("pairings");
const url = "/api/v1/pairing-batches";
const open = (state) => ["waiting", "running"].includes(state);

async function refresh() {
  const { chain, ring, town, skip } = place.dataset;
  const query = new URLSearchParams({ chain, ring, town, skip, part: "panel" });
  place.replaceChildren(...(await fragment(`/pairings?${query}`)));
  prepare();
}

function tell(now) {
  const said = document.getElementById("progress");
  const bar = Object.assign(document.createElement("progress"), { max: now.total, value: now.done });
  bar.setAttribute("aria-label", now.state.title);
  said.replaceChildren(t("{state} · {done} / {total} 条 · {seconds} 秒", { state: now.state.title, done: now.done, total: now.total, seconds: Math.round(now.seconds) }), " ", bar);
}

async function watch(first) {
  let now = first;
  const stop = document.getElementById("stop");
  document.getElementById("start").disabled = true;
  stop.hidden = false;
  stop.onclick = async () => {
    stop.disabled = true;
    await send(`${url}/${now.id}/stop`, {});
  };
  while (open(now.state.id)) {
    tell(now);
    await new Promise((resolve) => setTimeout(resolve, 400));
    const answer = await fetch(`${url}/${now.id}?limit=1&skip=1000000`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok) {
      complain(document.getElementById("trouble"), { detail: t("连接不上服务"), cure: t("请确认 ronglian serve 还在运行，然后重试") });
      return;
    }
    now = await answer.json();
  }
  await refresh();
}

function prepare() {
  const start = document.getElementById("start");
  const said = document.getElementById("progress");
  start.hidden = false;
  start.addEventListener("click", async () => {
    start.disabled = true;
    const { chain, ring, town } = place.dataset;
    const { problem, said: now } = await send(url, { chain: chain || null, ring, town: town || null });
    if (problem) {
      start.disabled = false;
      complain(document.getElementById("trouble"), problem);
    } else watch(now);
  });
  if (open(said.dataset.state)) resume(said.dataset.batch);
}

async function resume(batch) {
  const answer = await fetch(`${url}/${batch}?limit=1&skip=1000000`, { headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.ok) watch(await answer.json());
}

if (place) prepare();

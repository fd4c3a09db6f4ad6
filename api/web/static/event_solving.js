// The timetable in the making: begun here or found running after a reload, watched, stopped with the best so far.

import { by, desk, edit, trouble } from "./event_desk.js";
import { complain, send } from "./send.js";
import { t } from "./i18n.js";

const box = document.getElementById("solving");
const stop = document.getElementById("stop");
const start = document.querySelector("[data-solve]");
const url = `/api/v1/events/${encodeURIComponent(desk.dataset.event)}/solving`;
const open = (now) => now.state && ["waiting", "running"].includes(now.state.id);

function line(text, kind = "p") {
  return Object.assign(document.createElement(kind), { textContent: text });
}

function stage(one) {
  const gap = one.gap === null ? "" : t("，差距 {gap}%", { gap: (100 * one.gap).toFixed(1) });
  return line(one.say + gap, "li");
}

function show(now) {
  box.hidden = !now.state;
  if (!now.state) return;
  start.disabled = open(now);
  stop.hidden = !open(now);
  stop.disabled = now.stopping;
  const head = line(t("{state} · {by} · {seconds} 秒", { state: now.state.title, by: now.by, seconds: Math.round(now.seconds) }));
  const parts = [head, ...(now.stopping && open(now) ? [line(t("正在停止，取已有的最好结果…"))] : [])];
  const rows = (now.solved ? now.stages.slice(0, 1) : now.stages).map(stage);
  if (now.solved) {
    rows.push(line(t("排入 {meetings} 场；空等 {idle} 个时段，下界 {idle_bound}", now.solved), "li"));
    for (const one of now.solved.dropped) rows.push(line(t("未排入：{one}", { one }), "li"));
  }
  for (const one of now.advice) rows.push(line(one, "li"));
  const list = document.createElement("ul");
  list.append(...rows);
  box.querySelector("#reached").replaceChildren(...parts, list);
}

async function ask() {
  const answer = await fetch(url, { headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.ok) return answer.json();
  complain(trouble, { detail: t("连接不上服务"), cure: t("请确认 ronglian serve 还在运行，然后重试") });
  return null;
}

async function watch(first) {
  let now = first;
  const running = open(now);
  while (now && open(now)) {
    show(now);
    await new Promise((resolve) => setTimeout(resolve, 500));
    now = await ask();
  }
  if (!now) return;
  show(now);
  if (running && now.state.id === "done") location.reload();
  else if (running) complain(trouble, now);
}

start.addEventListener("click", () => edit(url, { seen: Number(desk.dataset.seen) }, watch));
stop.addEventListener("click", async () => {
  stop.disabled = true;
  const { problem, said } = await send(`${url}/stop`, { by: by.value });
  if (problem) complain(trouble, problem);
  else show(said);
});
const now = await ask();
if (now) watch(now);

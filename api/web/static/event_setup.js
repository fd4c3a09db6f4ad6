// Hours and halls of an event: what they come to is shown while they are typed; registrations are taken off and put back.

import { complain, send, wrongFields } from "./send.js";
import { t } from "./i18n.js";

const form = document.getElementById("setup");
const halls = document.getElementById("halls");
const preview = document.getElementById("preview");
const trouble = document.getElementById("trouble");
const desk = document.getElementById("desk");
const by = form.elements.by ?? desk.elements.by;
const KEPT = "ronglian-by";
if (desk) {
  desk.hidden = false;
  desk.addEventListener("submit", (event) => event.preventDefault());
}
by.value ||= sessionStorage.getItem(KEPT) ?? "";

/** Halls as a cell of the workbook says them. */
const said = () => [...halls.children].map((row) => `${row.querySelector("[data-hall]").value.trim()}=${row.querySelector("[data-tables]").value}`).join("；");

const ways = document.getElementById("ways");
const minutes = new Map(ways.dataset.ways.split("；").filter(Boolean).map((one) => one.split("=")));

/** One field for each two halls; what was typed for halls that are gone is forgotten only when it is saved. */
function showWays() {
  const names = [...halls.querySelectorAll("[data-hall]")].map((one) => one.value.trim()).filter(Boolean);
  const pairs = names.flatMap((a, at) => names.slice(at + 1).map((b) => [a, b]));
  ways.replaceChildren(...pairs.filter(([a, b]) => a !== b).map(([a, b]) => {
    const label = Object.assign(document.createElement("label"), { className: "field" });
    const input = Object.assign(document.createElement("input"), { type: "number", min: "0", max: "240" });
    input.dataset.way = `${a}-${b}`;
    input.value = minutes.get(`${a}-${b}`) ?? minutes.get(`${b}-${a}`) ?? "";
    input.addEventListener("input", () => minutes.set(input.dataset.way, input.value));
    label.append(Object.assign(document.createElement("span"), { textContent: t("{a} 到 {b}（分钟）", { a, b }) }), input);
    return label;
  }));
}

/** What is typed in ``elements``, and halls and ways. */
function fields(elements) {
  const walked = [...ways.querySelectorAll("input")].filter((one) => one.value).map((one) => `${one.dataset.way}=${one.value}`);
  const found = { halls: said(), ways: walked.join("；") };
  for (const field of elements) if (field.name && field.name !== "by") found[field.name] = field.value;
  return found;
}

halls.addEventListener("change", showWays);

async function show() {
  const { problem, said: found } = await send("/api/v1/events/hours", fields(form.querySelectorAll("[data-hours] [name]")));
  if (problem) preview.textContent = [problem.detail, ...wrongFields(problem)].join(" ");
  else if (found.problem) preview.textContent = found.problem;
  else {
    const slots = found.slots.length ? found.slots.join(t("、")) : t("一个时段也排不出来");
    preview.textContent = t("{slots} 个时段 × {tables} 张桌，至多 {most} 场：{spans}", { slots: found.slots.length, tables: found.tables.length, most: found.most, spans: slots });
  }
  preview.classList.toggle("warn", Boolean(problem) || !found.slots.length);
}

let waiting = 0;
form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(show, 400);
});
document.getElementById("add-hall").addEventListener("click", () => {
  halls.append(document.getElementById("hall").content.cloneNode(true));
  halls.lastElementChild.querySelector("input").focus();
  show();
});
halls.addEventListener("click", (event) => {
  if (!event.target.closest("[data-away]")) return;
  event.target.closest("li").remove();
  showWays();
  show();
});

async function act(url, body, done) {
  if (!by.reportValidity()) return;
  sessionStorage.setItem(KEPT, by.value);
  const { problem, said: answer } = await send(url, { by: by.value, ...(desk ? { seen: Number(desk.dataset.seen) } : {}), ...body });
  if (problem) complain(trouble, problem);
  else done(answer);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  act(form.dataset.url, fields(form.elements), (answer) => {
    if ("new" in form.dataset) location.assign(`/events/${encodeURIComponent(answer.number)}/setup`);
    else location.reload();
  });
});

if (desk) {
  const base = `/api/v1/events/${encodeURIComponent(desk.dataset.event)}`;
  for (const button of document.querySelectorAll("[data-party]")) {
    const { party, act: what, name, placed } = button.dataset;
    button.addEventListener("click", () => {
      const asked = Number(placed) && !confirm(t("把“{name}”移出参会名单？它已排的 {count} 场会面一并收起；可以撤销。", { name, count: placed }));
      if (!asked) act(`${base}/parties/${what}`, { party }, () => location.reload());
    });
  }
  document.getElementById("undo").addEventListener("click", () => act(`${base}/undo`, {}, () => location.reload()));
  document.getElementById("discard")?.addEventListener("click", () => {
    if (confirm(t("删除这场活动？它还没有参会单位；删除后不能恢复。"))) act(`${base}/discard`, {}, () => location.assign("/events"));
  });
}
showWays();
show();

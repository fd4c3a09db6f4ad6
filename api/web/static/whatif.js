// What-if on the map: take segments and firms away, see what stops. What is removed is the address of the page.

import { fragment, waiting } from "./fragment.js";
import { t } from "./i18n.js";

const KINDS = ["firm", "site", "segment", "country", "town"];
const strip = document.getElementById("whatif");
const body = document.getElementById("whatif-body");
const toggle = document.getElementById("whatif-toggle");
const undoButton = document.getElementById("whatif-undo");
const resetButton = document.getElementById("whatif-reset");
const copyButton = document.getElementById("whatif-copy");
const said = document.getElementById("whatif-said");
const cards = new Map([...document.querySelectorAll(".card")].map((card) => [card.dataset.id, card]));

let state = ofAddress(); // [kind, reference] of each removal, in the order in which they were removed
let past = state.map((_, count) => state.slice(0, count)); // what undo goes back to, last first
let under = null;

function ofAddress() {
  return [...new URLSearchParams(location.search)].filter(([kind]) => KINDS.includes(kind));
}

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** An address with what is removed instead of what was removed there before. */
function withRemovals(address, removed) {
  const url = new URL(address, location.href);
  for (const kind of KINDS) url.searchParams.delete(kind);
  for (const [kind, ref] of removed) url.searchParams.append(kind, ref);
  return url;
}

// --- cards ------------------------------------------------------------------------------------------------------------

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

function span(className, ...content) {
  const made = document.createElement("span");
  made.className = className;
  made.append(...content);
  return made;
}

function note(card, ...content) {
  let line = card.querySelector(".wi-note");
  if (!line) card.append((line = span("wi-note")));
  line.append(...content);
}

function clearCards() {
  for (const card of cards.values()) {
    card.classList.remove("wi-stops", "wi-starved", "wi-thinned", "wi-helps");
    card.querySelector(".wi-note")?.remove();
    card.removeAttribute("title");
  }
}

/** Who could step in, first of those for whom the time is known: known and unknown never look alike. */
function lit(item) {
  const able = [...item.querySelectorAll(".wi-substitutes li:not(.none)")];
  if (!able.length) return [];
  const first = able.find((one) => one.dataset.months) ?? able[0];
  const { months } = first.dataset;
  const when = months === "" ? t("时间未知") : months === "0" ? t("无需认证") : t("认证 {months} 个月", { months });
  const text = t("{name}：{when}", { name: first.querySelector("a").textContent, when });
  const rest = able.length > 1 ? [span("wi-rest", t("另 {count} 家", { count: able.length - 1 }))] : [];
  return [span(months === "" ? "wi-lit wi-unknown" : "wi-lit", icon("step-in"), text), ...rest];
}

function markCards() {
  clearCards();
  const helping = new Map();
  for (const item of body.querySelectorAll("[data-segment][data-effect]")) {
    const card = cards.get(item.dataset.segment);
    for (const near of item.querySelectorAll("[data-near]")) {
      const names = helping.get(near.dataset.near) ?? new Set();
      helping.set(near.dataset.near, names.add(item.querySelector(".wi-segment-head a").textContent));
    }
    if (!card) continue;
    const stops = item.dataset.stops === "yes";
    card.classList.add(stops ? "wi-stops" : "wi-thinned");
    card.classList.toggle("wi-starved", item.dataset.effect === "starved");
    card.title = item.dataset.why;
    const step = item.dataset.step ? t("（第 {step} 步）", { step: item.dataset.step }) : "";
    const text = stops ? `${item.dataset.title}${step}` : t("减至 {count} 家", { count: item.dataset.after });
    note(card, span("wi-mark", icon(stops ? "stop" : "fewer"), text), ...lit(item));
  }
  for (const [id, names] of helping) {
    const card = cards.get(id);
    if (!card || card.classList.contains("wi-stops")) continue;
    card.classList.add("wi-helps");
    note(card, span("wi-lit wi-unknown", icon("step-in"), t("可转产去：{names}", { names: [...names].join(t("、")) })));
  }
}

function takeButtons() {
  for (const [id, card] of cards) {
    const name = card.querySelector(".card-name").textContent;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "wi-take";
    Object.assign(button.dataset, { remove: id, removeKind: "segment", name });
    card.after(button);
  }
}

/** Say on every way to remove something whether it is removed. */
function markButtons(root = document) {
  for (const button of root.querySelectorAll("[data-remove]:not(.wi-back):not(.wi-first [data-remove])")) {
    const removed = state.some((one) => same(one, [button.dataset.removeKind, button.dataset.remove]));
    button.textContent = removed ? t("恢复") : button.classList.contains("wi-take") ? t("移除") : t("推演失去");
    const name = button.dataset.name ?? "";
    button.setAttribute("aria-label", removed ? t("恢复 {name}", { name }) : t("移除 {name}", { name }));
    if (button.tagName === "BUTTON") button.setAttribute("aria-pressed", String(removed));
  }
}

// --- from one what-if to the next -------------------------------------------------------------------------------------

function show(open) {
  strip.hidden = !open;
  toggle.setAttribute("aria-expanded", String(open));
  document.body.classList.toggle("wi-on", open);
  if (open && !document.querySelector(".wi-take")) takeButtons();
  if (!open) document.querySelectorAll(".wi-take").forEach((button) => button.remove());
  markButtons();
}

function keepElsewhere() {
  for (const link of document.querySelectorAll(".picker a, .tools a[hreflang]")) link.href = withRemovals(link.href, state);
  for (const form of document.querySelectorAll(".head form.controls")) {
    for (const kept of form.querySelectorAll("[data-removed]")) kept.remove();
    for (const [name, value] of state) {
      const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
      field.dataset.removed = "";
      form.append(field);
    }
  }
}

function settle() {
  markCards();
  markButtons();
  keepElsewhere();
  undoButton.disabled = !past.length;
  resetButton.disabled = copyButton.disabled = !state.length;
  dispatchEvent(new Event("resize")); // the map draws its lines anew
}

/** Ask for a what-if; it becomes the state only when there is an answer. Returns whether there was. */
async function ask(removed, extra = []) {
  under?.abort();
  under = new AbortController();
  const url = withRemovals("/what-if", removed);
  for (const [name, value] of [...extra, ["part", "panel"], ["chain", strip.dataset.chain], ["ring", strip.dataset.ring]]) {
    url.searchParams.append(name, value);
  }
  const wait = waiting(t("正在推演…"));
  body.querySelectorAll(".problem, .loading").forEach((old) => old.remove());
  body.prepend(wait);
  let nodes;
  try {
    nodes = await fragment(url, under.signal);
  } catch (error) {
    if (error.name === "AbortError") return false;
    throw error;
  }
  wait.remove();
  if (nodes.some((node) => node.classList?.contains("problem"))) {
    body.prepend(...nodes);
    body.querySelector(".detail")?.focus();
    return false;
  }
  const wasOpen = body.querySelector(".wi-more")?.open;
  body.replaceChildren(...nodes);
  if (wasOpen) body.querySelector(".wi-more")?.setAttribute("open", "");
  state = [...body.querySelectorAll(".wi-chip")].map((chip) => [chip.dataset.kind, chip.dataset.ref]);
  const sums = body.querySelector(".wi-sums");
  said.textContent = sums ? sums.textContent.replace(/\s+/g, " ").trim() : t("没有移除任何东西");
  return true;
}

async function go(removed, { remember = true, extra = [] } = {}) {
  const before = state;
  show(true);
  if (!(await ask(removed, extra))) return;
  if (remember && !same(before, state)) past.push(before);
  if (!same(ofAddress(), state)) history.pushState(null, "", withRemovals(location.href, state));
  settle();
}

function flip(kind, ref) {
  const rest = state.filter((one) => !same(one, [kind, ref]));
  return go(rest.length < state.length ? rest : [...state, [kind, ref]]);
}

// --- what one clicks --------------------------------------------------------------------------------------------------

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-remove]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  flip(link.dataset.removeKind, link.dataset.remove);
});

body.addEventListener("submit", (event) => {
  event.preventDefault();
  go(state, { extra: [["any", new FormData(event.target).get("any")]] });
});

undoButton.addEventListener("click", () => go(past.pop() ?? [], { remember: false }));
resetButton.addEventListener("click", () => go([]));
copyButton.addEventListener("click", async () => {
  const address = withRemovals(location.href, state).href;
  try {
    await navigator.clipboard.writeText(address);
    said.textContent = t("链接已复制");
    copyButton.classList.add("done");
  } catch {
    prompt(t("请复制这个链接"), address);
  }
});
toggle.addEventListener("click", async () => {
  if (strip.hidden) {
    await go(state);
  } else if (state.length) {
    await go([]);
    show(false);
  } else {
    show(false);
  }
});
document.addEventListener("keydown", (event) => {
  const card = event.target.closest?.(".card");
  if (event.key === "Delete" && card && !strip.hidden) flip("segment", card.dataset.id);
});
document.addEventListener("panel", (event) => markButtons(event.target));
addEventListener("popstate", () => {
  const removed = ofAddress();
  if (same(removed, state)) return;
  if (same(past.at(-1) ?? [], removed)) past.pop();
  go(removed, { remember: false });
});

toggle.hidden = false;
if (state.length) {
  show(true);
  settle();
} else {
  markButtons();
}

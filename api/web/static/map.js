// The chain map: what feeds what, shown for one segment at a time; filters, search, keys, and the panel.

import { closePanel, openPanel, panelIsOpen } from "./panel.js";
import { t } from "./i18n.js";

const SVG = "http://www.w3.org/2000/svg";
const map = document.getElementById("map");
const lines = document.getElementById("lines");
const nothing = document.getElementById("nothing");
const search = document.getElementById("search");
const cards = [...map.querySelectorAll(".card")];
const byId = new Map(cards.map((card) => [card.dataset.id, card]));
const feeds = JSON.parse(document.getElementById("feeds-data").textContent);
const filters = [...document.querySelectorAll(".filter")];
let picked = null;

// --- what feeds what ------------------------------------------------------------------------------------------------

function shown(card) {
  return card && !card.parentElement.hidden;
}

function curve(from, to, frame) {
  const a = from.getBoundingClientRect();
  const b = to.getBoundingClientRect();
  const forward = b.left > a.right;
  const backward = b.right < a.left;
  const x1 = (backward ? a.left : a.right) - frame.left;
  const x2 = (forward ? b.left : b.right) - frame.left;
  const y1 = a.top + a.height * 0.66 - frame.top; // what goes out leaves low, what comes in arrives high
  const y2 = b.top + b.height * 0.34 - frame.top;
  if (forward || backward) {
    const middle = (x1 + x2) / 2;
    return `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2 - (forward ? 2 : -2)} ${y2}`;
  }
  const out = Math.max(x1, x2) + Math.min(30, 14 + Math.abs(y2 - y1) / 14);
  return `M${x1} ${y1}C${out} ${y1} ${out} ${y2} ${x2 + 2} ${y2}`;
}

function draw(id) {
  lines.replaceChildren();
  const own = id ? feeds.filter((feed) => feed.start === id || feed.end === id) : [];
  const near = new Set(own.flatMap((feed) => [feed.start, feed.end]));
  for (const card of cards) {
    card.classList.toggle("dim", Boolean(id) && card.dataset.id !== id && !near.has(card.dataset.id));
    card.classList.toggle("near", Boolean(id) && card.dataset.id !== id && near.has(card.dataset.id));
    card.classList.toggle("picked", card.dataset.id === id);
  }
  const frame = map.getBoundingClientRect();
  for (const feed of own) {
    const [from, to] = [byId.get(feed.start), byId.get(feed.end)];
    if (!shown(from) || !shown(to)) continue;
    const line = document.createElementNS(SVG, "path");
    line.setAttribute("d", curve(from, to, frame));
    line.setAttribute("class", feed.essential ? "feed" : "feed optional");
    line.setAttribute("marker-end", "url(#arrow)");
    lines.append(line);
  }
}

const redraw = () => draw(picked);
for (const card of cards) {
  card.addEventListener("pointerenter", () => draw(card.dataset.id));
  card.addEventListener("pointerleave", redraw);
  card.addEventListener("focus", () => draw(card.dataset.id));
  card.addEventListener("blur", redraw);
}
addEventListener("resize", redraw);

// --- filter and search ----------------------------------------------------------------------------------------------

function sift() {
  const wanted = new Set(filters.filter((one) => one.getAttribute("aria-pressed") === "true").map((one) => one.dataset.filter));
  const text = search.value.trim().toLowerCase();
  let count = 0;
  for (const card of cards) {
    const name = card.querySelector(".card-name").textContent.toLowerCase();
    const fits = (!wanted.size || wanted.has(card.dataset.class)) && name.includes(text);
    card.parentElement.hidden = !fits;
    count += fits;
  }
  nothing.hidden = count > 0;
  nothing.textContent = count ? "" : t("本链没有符合条件的环节；请清除筛选或换一个词");
  redraw();
}

for (const filter of filters) {
  filter.addEventListener("click", () => {
    filter.setAttribute("aria-pressed", String(filter.getAttribute("aria-pressed") !== "true"));
    sift();
  });
}
search.addEventListener("input", sift);

// --- panel ----------------------------------------------------------------------------------------------------------

async function open(id, focus = true) {
  const card = byId.get(id);
  if (!card) return;
  picked = id;
  history.replaceState(null, "", `#${encodeURIComponent(id)}`);
  const ready = openPanel(`${card.getAttribute("href")}&part=panel`, card.querySelector(".card-name").textContent, focus);
  requestAnimationFrame(redraw);
  await ready;
  redraw();
}

function close() {
  const card = byId.get(picked);
  picked = null;
  closePanel();
  history.replaceState(null, "", location.pathname + location.search);
  draw(null);
  card?.focus();
}

for (const card of cards) {
  card.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    open(card.dataset.id);
  });
}

document.getElementById("panel").addEventListener("click", (event) => {
  if (event.target.closest("[data-close]")) close();
  const link = event.target.closest("[data-segment]");
  if (link && byId.has(link.dataset.segment)) {
    event.preventDefault();
    open(link.dataset.segment);
  }
});

// --- keys -----------------------------------------------------------------------------------------------------------

/** The card to go to from one in a direction: nearest along it, straying least across it. */
function neighbour(card, key) {
  const here = card.getBoundingClientRect();
  const across = key === "ArrowUp" || key === "ArrowDown";
  const sign = key === "ArrowDown" || key === "ArrowRight" ? 1 : -1;
  let best = null;
  let least = Infinity;
  for (const other of cards) {
    if (other === card || !shown(other)) continue;
    const there = other.getBoundingClientRect();
    const dx = there.left - here.left;
    const dy = there.top + there.height / 2 - here.top - here.height / 2;
    const along = (across ? dy : dx) * sign;
    const aside = Math.abs(across ? dx : dy);
    if (along <= 4) continue;
    const cost = across ? along + aside * 8 : aside + along * 2;
    if (cost < least) [best, least] = [other, cost];
  }
  return best;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && panelIsOpen()) {
    close();
    return;
  }
  const card = event.target.closest?.(".card");
  if (!card || !event.key.startsWith("Arrow") || event.altKey || event.ctrlKey || event.metaKey) return;
  const next = neighbour(card, event.key);
  if (next) {
    event.preventDefault();
    next.focus();
  }
});

function openNamed() {
  const id = decodeURIComponent(location.hash.slice(1));
  if (byId.has(id) && id !== picked) {
    byId.get(id).scrollIntoView({ block: "center" });
    open(id);
  }
}
addEventListener("hashchange", openNamed);
openNamed();

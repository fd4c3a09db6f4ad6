// The gap board: every segment is in the page, so a filter only shows and hides rows; the address keeps the state.

import { t } from "./i18n.js";
import { byColumn, mark, pressable } from "./sorting.js";

const form = document.getElementById("filters");
const table = document.getElementById("board");
const body = table.tBodies[0];
const boxes = [...form.querySelectorAll('input[name="class"]')];
const counts = new Map([...form.querySelectorAll("[data-count]")].map((one) => [one.dataset.count, one]));
const heads = [...table.tHead.rows[0].cells];
const GAPS = ["missing", "at_risk", "weak", "extension"];
const rings = new Map(); // the rows of every ring looked at, by ring
let rows = [];

/** Read what a filter and an order look at, once. */
function index() {
  rows = [...body.rows].map((row) => ({
    row,
    kind: row.dataset.class,
    chains: new Set(row.dataset.chains.split(" ")),
    towns: new Set(row.dataset.towns.split(" ")),
    place: Number(row.dataset.place),
  }));
}

function choice() {
  const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
  if (!chosen.length) for (const box of boxes) box.checked = GAPS.includes(box.value);
  return {
    chain: form.elements.chain.value,
    town: form.elements.town?.value ?? "",
    kinds: new Set(chosen.length ? chosen : GAPS),
  };
}

function sift() {
  const { chain, town, kinds } = choice();
  const found = new Map();
  let total = 0;
  for (const one of rows) {
    const inside = (!chain || one.chains.has(chain)) && (!town || one.towns.has(town));
    const fits = inside && kinds.has(one.kind);
    if (inside) found.set(one.kind, (found.get(one.kind) ?? 0) + 1);
    if (one.row.hidden === fits) one.row.hidden = !fits;
    total += fits;
  }
  for (const [kind, place] of counts) place.textContent = found.get(kind) ?? 0;
  document.getElementById("total").textContent = t("共 {total} 项", { total });
  document.getElementById("pending").textContent = t("{count} 个环节待核实", { count: found.get("unverified") ?? 0 });
  document.getElementById("wrap").hidden = !total;
  document.getElementById("nothing").hidden = Boolean(total);
}

// --- order ----------------------------------------------------------------------------------------------------------

const byText = (a, b) => a.localeCompare(b, "zh-CN");
const chains = [...form.elements.chain.options].map((option) => option.value);
const first = (one) => Math.min(...[...one.chains].map((chain) => chains.indexOf(chain)));
const ORDERS = {
  name: (a, b) => byText(a.row.dataset.name, b.row.dataset.name),
  chain: (a, b) => first(a) - first(b),
  firms: (a, b) => Number(a.row.dataset.firms) - Number(b.row.dataset.firms),
};

function order() {
  const [column, down] = (table.dataset.by ?? "").split("-");
  const head = column ? heads[column] : null;
  const cells = head && byColumn(head, down);
  const compare = cells ? (a, b) => cells(a.row, b.row) : (ORDERS[form.elements.sort.value] ?? (() => 0));
  mark(table, head, down);
  rows.sort((a, b) => compare(a, b) || a.place - b.place);
  body.append(...rows.map((one) => one.row));
}

pressable(table, (head, down) => {
  table.dataset.by = `${head.cellIndex}${down ? "-down" : ""}`;
  order();
  keep();
});

// --- the address keeps the state ------------------------------------------------------------------------------------

function keep() {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value && !(name === "ring" && value === form.dataset.opening) && !(name === "sort" && value === "priority")) query.append(name, value);
  }
  const kinds = query.getAll("class");
  if (kinds.length === GAPS.length && GAPS.every((kind) => kinds.includes(kind))) query.delete("class");
  if (table.dataset.by) query.set("by", table.dataset.by);
  history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
}

// --- another ring is another reckoning: its rows come from the server, once, and before they are asked for ----------

function fetchRing(ring) {
  if (!rings.has(ring)) {
    const asked = fetch(`/gaps?part=panel&ring=${ring}`).then(async (answer) => {
      if (!answer.ok) throw new Error(answer.status);
      const holder = document.createElement("template");
      holder.innerHTML = await answer.text();
      return { where: holder.content.getElementById("whereabouts"), rows: [...holder.content.querySelectorAll("tbody tr")] };
    });
    asked.catch(() => rings.delete(ring));
    rings.set(ring, asked);
  }
  return rings.get(ring);
}

async function turn(ring) {
  table.setAttribute("aria-busy", "true");
  try {
    const found = await fetchRing(ring);
    body.replaceChildren(...found.rows);
    document.getElementById("whereabouts").replaceWith(found.where);
  } catch {
    form.requestSubmit(); // the page says what is wrong
    return;
  }
  table.removeAttribute("aria-busy");
  index();
  order();
  sift();
}

function fetchAll() {
  for (const option of form.elements.ring.options) fetchRing(option.value);
}
form.elements.ring.addEventListener("pointerenter", fetchAll, { once: true });
form.elements.ring.addEventListener("focus", fetchAll, { once: true });

form.addEventListener("change", async ({ target }) => {
  if (target.name === "ring") await turn(target.value);
  else if (target.name === "sort") {
    delete table.dataset.by;
    order();
  } else sift();
  keep();
});

index();
rings.set(form.elements.ring.value, Promise.resolve({ where: document.getElementById("whereabouts"), rows: rows.map((one) => one.row) }));
const by = new URLSearchParams(location.search).get("by");
if (by && heads[by.split("-")[0]]?.dataset.sort) {
  table.dataset.by = by;
  order();
}

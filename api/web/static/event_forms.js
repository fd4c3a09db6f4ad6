// Forms of an event: each sends its fields, who edits and what they saw to its own address, then shows what became of it.

import { desk, edit } from "./event_desk.js";
import { t } from "./i18n.js";

function row(cells, head) {
  const made = document.createElement("tr");
  for (const text of cells) made.append(Object.assign(document.createElement(head ? "th" : "td"), { textContent: text }));
  return made;
}

/** A table of what was answered, in ``place``; ``note`` says what it is. */
function list(place, note, heads, rows) {
  const wrap = Object.assign(document.createElement("div"), { className: "table-wrap" });
  const table = Object.assign(document.createElement("table"), { className: "board outcomes" });
  table.createTHead().append(row(heads, true));
  table.createTBody().append(...rows.map((cells) => row(cells, false)));
  wrap.append(table);
  place.replaceChildren(Object.assign(document.createElement("h2"), { textContent: note }), wrap);
  place.scrollIntoView();
}

/** Show whom to tell, or the codes that are shown this once; the page stays until the reader goes on. */
function show(place, said) {
  if (said.notices) {
    const rows = said.notices.map((one) => [one.party, one.other, one.say]);
    const counts = [said.moved, said.reseated, said.cancelled, said.added];
    const words = [t("改时段"), t("换桌"), t("取消"), t("新增")].map((word, at) => `${word} ${counts[at]}`);
    list(place, `${t("要通知谁")} ${rows.length} · ${words.join(" · ")}`, [t("单位"), t("对方"), t("怎么说")], rows);
    desk.dataset.seen = said.event.revision;
    const undo = document.getElementById("undo");
    undo.disabled = !said.event.undoable;
    undo.textContent = said.event.undoable ? `${t("撤销")}${t("（{what}）", said.event.undoable)}` : t("撤销");
  } else {
    list(place, t("参会码：只显示这一次，请现在抄录或打印"), [t("单位"), t("参会码")], said.items.map((one) => [one.party.name, one.code]));
  }
}

/** The fields of a form as JSON; an empty number or date is left out, so that what cannot be seen is not wiped out. */
function fieldsOf(form) {
  const said = {};
  for (const field of form.elements) {
    if (!field.name || (field.type === "radio" && !field.checked)) continue;
    if (field.type === "checkbox") said[field.name] = field.checked;
    else if (field.type === "number") {
      if (field.value !== "") said[field.name] = Number(field.value);
    } else if (field.type === "date") said[field.name] = field.value || null;
    else if ("many" in field.dataset) said[field.name] = [...field.selectedOptions].map((one) => one.value);
    else if (field.name === "held" || field.name === "accept") said[field.name] = field.value === "yes";
    else if ("pair" in field.dataset) Object.assign(said, { party: field.value, other: field.selectedOptions[0].dataset.other });
    else if (field.name === "late_party") said.late = field.value ? [{ party: field.value, slot: form.elements.late_slot.value }] : [];
    else if (field.name === "late_slot") continue;
    else said[field.name] = field.value;
  }
  return said;
}

for (const form of document.querySelectorAll("form[data-url]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { url, notices, codes, ...named } = form.dataset;
    const seen = desk.dataset.seen === undefined ? null : Number(desk.dataset.seen);
    edit(url, { seen, ...named, ...fieldsOf(form) }, (said) => {
      if (notices || codes) show(document.getElementById(notices ?? codes), said);
      else location.reload();
    });
  });
}

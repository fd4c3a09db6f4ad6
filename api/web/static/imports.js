// Files in: sent, watched while they are checked, loaded when a person says so, undone.

import { complain, send } from "./send.js";
import { t } from "./i18n.js";

const LARGEST = 64 * 1024 * 1024;
const drop = document.getElementById("drop");
const input = document.getElementById("file");
const said = document.getElementById("sending");
const result = document.getElementById("result");
const door = drop.dataset.door ?? "/api/v1/imports";

function make(name, { text, ...attributes } = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== false && value != null) element.setAttribute(key, value === true ? "" : value);
  if (text != null) element.textContent = text;
  element.append(...children);
  return element;
}

function table(heads, rows) {
  const head = make("tr", {}, ...heads.map((text) => make("th", { scope: "col", text })));
  const body = rows.map((cells) => make("tr", {}, ...cells.map((cell) => (cell instanceof Node ? make("td", {}, cell) : make("td", { text: cell })))));
  return make("div", { class: "table-wrap", tabindex: "0", role: "region", "aria-label": heads[0] }, make("table", { class: "board" }, make("thead", {}, head), make("tbody", {}, ...body)));
}

async function upload(file) {
  if (!file) return;
  result.hidden = true;
  if (file.size > LARGEST) {
    complain(said, { detail: t("文件超过 64 MB"), cure: t("请拆成几个文件") });
    return;
  }
  said.textContent = t("正在上传 {name}…", { name: file.name });
  const headers = { "Content-Type": "application/octet-stream", Accept: "application/json" };
  const token = document.querySelector('meta[name="csrf"]')?.content;
  if (token) headers["X-CSRF-Token"] = token;
  let answer;
  try {
    answer = await fetch(`${door}?name=${encodeURIComponent(file.name)}`, { method: "POST", headers, body: file });
  } catch {
    complain(said, { detail: t("连接不上服务"), cure: t("请确认 ronglian serve 还在运行，然后重试") });
    return;
  }
  const found = await answer.json().catch(() => ({}));
  if (!answer.ok) complain(said, { detail: found.detail ?? t("读取失败"), cure: found.cure ?? t("请重试") });
  else watch(found);
}

async function watch(found) {
  let now = found;
  while (now.state === "checking" || now.state === "loading") {
    const word = now.state === "checking" ? t("正在检查…") : t("正在载入…");
    said.replaceChildren(word, make("progress", now.total ? { max: now.total, value: now.done } : {}));
    await new Promise((resolve) => setTimeout(resolve, 400));
    const answer = await fetch(`${door}/${now.id}`).catch(() => null);
    if (!answer?.ok) {
      complain(said, { detail: t("连接不上服务"), cure: t("请确认 ronglian serve 还在运行，然后重试") });
      return;
    }
    now = await answer.json();
  }
  said.replaceChildren();
  if (now.state === "failed") complain(said, { detail: now.error, cure: now.cure });
  else show(now);
}

function show(found) {
  const parts = [make("h2", { text: found.name })];
  if (found.state === "loaded") {
    parts.push(make("p", { text: t("已载入：读 {rows} 行，写入 {written} 行，退回 {returned} 行。", found) }));
    if (found.mapped) parts.push(make("p", { class: "sub", text: t("所在地不明的企业只在“不限地区”圈层计入。未勾选“已逐条核实”的，各环节先列“待核实”；核实过的名录勾选后再载入一次即可。") }));
    parts.push(make("p", { class: "actions" }, ...next(), ...download(found), ...("final" in drop.dataset ? [] : [undoButton(found.run, found.name, drop.dataset.door && found.id)])));
  } else if (found.mapped) {
    parts.push(...wizard(found));
  } else {
    const good = found.rows - found.returned;
    parts.push(make("p", { text: t("共 {rows} 行：{good} 行可以载入，{returned} 行须改正；问题 {total_problems} 处。", { ...found, good }) }));
    const load = make("button", { type: "button", class: "primary", text: t("载入 {good} 行", { good }) });
    load.addEventListener("click", () => order(found, {}));
    parts.push(make("p", { class: "actions" }, ...(good ? [load] : []), ...download(found)));
    if (found.problems.length) parts.push(table([t("单元格"), t("问题"), t("怎么改"), t("后果")], found.problems.map((one) => [one.cell, one.what, one.cure, one.level.title])));
  }
  if (found.notes.length) parts.push(make("ul", {}, ...found.notes.map((text) => make("li", { class: "sub", text }))));
  result.replaceChildren(...parts);
  result.hidden = false;
  result.tabIndex = -1;
  result.focus();
}

function next() {
  const { then, thenTitle } = drop.dataset;
  if (then) return [make("a", { class: "quiet", href: then, text: thenTitle })];
  return [make("a", { class: "quiet", href: "/?ring=anywhere", text: t("查看产业链图谱") }), make("a", { class: "quiet", href: "/gaps?ring=anywhere", text: t("查看缺口清单") })];
}

function download(found) {
  return found.file ? [make("a", { class: "quiet", href: `${door}/${found.id}/file`, download: found.file, text: t("下载标好问题的文件") })] : [];
}

function counted(preview) {
  return t("读 {rows} 行：产业链 {chains} 条（新 {new_chains}），环节 {segments} 个（新 {new_segments}），企业 {firms} 家，挂链 {links} 条，退回 {refused} 行。", preview);
}

function wizard(found) {
  const { columns, fields, kept, chain, preview } = found.mapped;
  const chosen = columns.map((column) => {
    const select = make("select", { "aria-label": column.header }, ...fields.map((one) => make("option", { value: one.id, text: one.title, selected: one.id === column.field.id })));
    select.dataset.header = column.header;
    return select;
  });
  const rows = columns.map((column, number) => {
    const best = column.options.find((one) => one.field.id === column.field.id);
    const fixed = [column.stream?.title, column.segment].filter(Boolean).join(" ");
    const score = fixed || (best ? `${best.score.toFixed(2)} = ${best.header.toFixed(2)} + ${best.content.toFixed(2)}` : "");
    return [column.header, chosen[number], score, column.samples.slice(0, 3).join(" | ").slice(0, 80)];
  });
  const summary = make("p", { text: counted(preview) });
  const notes = make("ul", {}, ...preview.notes.slice(0, 20).map((text) => make("li", { class: "sub", text })));
  const chainField = make("input", { type: "text", value: chain ?? "", maxlength: "60" });
  const placeField = make("input", { type: "text", value: "", maxlength: "60", placeholder: t("例如 江苏省常州市武进区") });
  const confirmed = make("input", { type: "checkbox" });
  const name = make("input", { type: "text", maxlength: "60", value: kept ?? "" });
  const asked = () => ({
    columns: Object.fromEntries(chosen.map((select) => [select.dataset.header, select.value])),
    chain: chainField.value.trim() || null,
    place: placeField.value.trim() || null,
    confirmed: confirmed.checked,
    save: name.value.trim() || null,
  });
  const refresh = async () => {
    const { problem, said: fresh } = await send(`${door}/${found.id}/preview`, asked());
    if (problem) complain(notes, problem);
    else {
      summary.textContent = counted(fresh);
      notes.replaceChildren(...fresh.notes.slice(0, 20).map((text) => make("li", { class: "sub", text })));
    }
  };
  for (const field of [...chosen, chainField, placeField]) field.addEventListener("change", refresh);
  const load = make("button", { type: "button", class: "primary", text: t("确认并载入") });
  load.addEventListener("click", () => order(found, asked()));
  return [
    make("p", { class: "about", text: kept ? t("按已存的映射“{kept}”读取，请核对。", { kept }) : t("这不是填报模板，按名录读取：请核对各列是什么，改好后载入。") }),
    table([t("列"), t("对应"), t("得分 = 表头 + 内容"), t("示例")], rows),
    summary,
    notes,
    make("p", { class: "actions" }, make("label", {}, t("产业链（表中没有时）"), " ", chainField), make("label", {}, t("企业都在（表中没有所在地时）"), " ", placeField), make("label", {}, confirmed, " ", t("名录已逐条核实，挂链记为已确认")), make("label", {}, t("保存映射为"), " ", name), load),
  ];
}

async function order(found, body) {
  const { problem, said: now } = await send(`${door}/${found.id}/load`, body);
  if (problem) complain(said, problem);
  else watch(now);
}

function undoButton(run, name, file) {
  const button = make("button", { type: "button", class: "quiet", text: t("撤销这次载入") });
  button.addEventListener("click", () => undo(file ? `${door}/${file}/undo` : runUndo(run), name, button));
  return button;
}

const runUndo = (run) => `/api/v1/runs/${encodeURIComponent(run)}/undo`;

async function undo(url, name, button) {
  if (!confirm(t("撤销“{name}”的这次载入？它写入的内容将全部收回，其他来源不动。", { name }))) return;
  button.disabled = true;
  said.textContent = t("正在撤销…");
  const { problem } = await send(url, {});
  if (problem) {
    button.disabled = false;
    complain(said, problem);
  } else location.reload();
}

drop.addEventListener("submit", (event) => event.preventDefault());
input.addEventListener("change", () => {
  const [file] = input.files;
  upload(file).finally(() => { input.value = ""; });
});
// A file dropped beside the box must not replace the page by itself.
for (const kind of ["dragover", "dragenter"]) document.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop.classList.remove("over"); });
document.addEventListener("drop", (event) => { event.preventDefault(); drop.classList.remove("over"); upload(event.dataTransfer.files[0]); });
for (const button of document.querySelectorAll("[data-undo]")) {
  button.disabled = false;
  button.addEventListener("click", () => undo(runUndo(button.dataset.undo), button.dataset.name, button));
}

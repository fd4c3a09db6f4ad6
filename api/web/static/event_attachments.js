// Files attached to intentions: sent as they are, removed with undo.

import { by, desk, edit, trouble, working } from "./event_desk.js";
import { complain } from "./send.js";
import { t } from "./i18n.js";

const base = `/api/v1/events/${encodeURIComponent(desk.dataset.event)}/attachments`;
const LARGEST = 10 * 1024 * 1024;

async function attach(input) {
  const [file] = input.files;
  if (!file || !by.reportValidity()) return;
  if (file.size > LARGEST) {
    complain(trouble, { detail: t("“{name}”超过 10 MB", { name: file.name }), cure: t("请压缩或分成几个文件后上传") });
    return;
  }
  const { a, b } = input.dataset;
  const said = new URLSearchParams({ a, b, name: file.name, by: by.value, seen: desk.dataset.seen });
  const headers = { "Content-Type": "application/octet-stream", Accept: "application/json" };
  const token = document.querySelector('meta[name="csrf"]')?.content;
  if (token) headers["X-CSRF-Token"] = token;
  working.textContent = t("正在上传 {name}…", { name: file.name });
  const answer = await fetch(`${base}?${said}`, { method: "POST", headers, body: file }).catch(() => null);
  working.textContent = "";
  if (answer?.ok) return void location.reload();
  const found = (await answer?.json().catch(() => null)) ?? { detail: t("连接不上服务"), cure: t("请确认 ronglian serve 还在运行，然后重试") };
  complain(trouble, found);
}

for (const input of document.querySelectorAll(".attach input")) {
  input.addEventListener("change", () => attach(input).finally(() => { input.value = ""; }));
}
for (const button of document.querySelectorAll("[data-remove]")) {
  button.addEventListener("click", () => {
    edit(`${base}/${button.dataset.remove}/remove`, { seen: Number(desk.dataset.seen) }, () => location.reload());
  });
}

// A part of a page from the server, or the server's own words on why there is none.

import { t } from "./i18n.js";

function paragraph(name, text) {
  const made = document.createElement("p");
  made.className = name;
  made.textContent = text;
  return made;
}

/** A line that says what is being waited for. */
export function waiting(text) {
  const line = paragraph("loading", text);
  line.setAttribute("role", "status");
  return line;
}

function trouble(detail, cure) {
  const box = document.createElement("section");
  box.className = "message problem";
  box.setAttribute("role", "alert");
  const what = paragraph("detail", detail);
  what.tabIndex = -1;
  box.append(what, paragraph("cure", cure));
  return box;
}

/** Fetch a part of a page as nodes; on failure the problem and its cure as nodes. */
export async function fragment(url, signal) {
  let answer;
  try {
    answer = await fetch(url, { signal, headers: { Accept: "application/problem+json, */*;q=0.1" } });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    return [trouble(t("连接不上服务"), t("请确认 ronglian serve 还在运行，然后重试"))];
  }
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({}));
    return [trouble(problem.detail ?? t("读取失败"), problem.cure ?? t("请重试"))];
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return [...page.body.childNodes].map((node) => document.importNode(node, true));
}

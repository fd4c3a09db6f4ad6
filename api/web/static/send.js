// Send a change to the service and say what it answers.

import { t } from "./i18n.js";

/** POST ``body`` as JSON; returns the answer, or a problem with ``detail`` and ``cure``. */
export async function send(url, body) {
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  const token = document.querySelector('meta[name="csrf"]')?.content;
  if (token) headers["X-CSRF-Token"] = token;
  let answer;
  try {
    answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  } catch {
    return { problem: { detail: t("连接不上服务"), cure: t("请确认 ronglian serve 还在运行，然后重试") } };
  }
  const said = await answer.json().catch(() => ({}));
  return answer.ok ? { said } : { problem: { detail: said.detail ?? t("读取失败"), cure: said.cure ?? t("请重试"), where: said.where, errors: said.errors } };
}

/** Each wrong field by its title on the page, else its name, and what is wrong with it. */
export function wrongFields(problem) {
  return (problem.errors ?? []).map(({ where, detail }) => {
    const field = document.getElementsByName(where)[0];
    const title = field?.labels?.[0]?.querySelector("span")?.textContent ?? where;
    return t("{field}：{problem}", { field: title, problem: detail });
  });
}

/** Show a problem in ``place`` and put the focus there. */
export function complain(place, problem) {
  const box = document.createElement("section");
  box.className = "message problem";
  box.setAttribute("role", "alert");
  for (const [name, text] of [["detail", problem.detail], ...wrongFields(problem).map((text) => ["detail", text]), ["cure", problem.cure]]) {
    const line = document.createElement("p");
    line.className = name;
    line.textContent = text;
    box.append(line);
  }
  place.replaceChildren(box);
  box.tabIndex = -1;
  box.focus();
}

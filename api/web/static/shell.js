// On every page: theme, print, and forms that apply themselves.

const YEAR = 365 * 24 * 3600;
const root = document.documentElement;

function dark() {
  return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

const theme = document.getElementById("theme");
theme.hidden = false;
theme.setAttribute("aria-pressed", String(dark()));
theme.addEventListener("click", () => {
  root.dataset.theme = dark() ? "light" : "dark";
  theme.setAttribute("aria-pressed", String(dark()));
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `theme=${root.dataset.theme}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
});

const print = document.getElementById("print");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}

// Forms that do not carry the session's token yet get it here; the server asks for it whenever something changes.
const token = document.querySelector('meta[name="csrf"]')?.content;
if (token) {
  document.addEventListener("submit", ({ target }) => {
    if (target.method !== "post" || target.elements.namedItem("csrf")) return;
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "csrf", value: token });
    target.append(field);
  });
}

for (const field of document.querySelectorAll("[data-submit]")) {
  field.addEventListener("change", () => field.form.requestSubmit());
}
for (const button of document.querySelectorAll("button.apply")) button.hidden = true;

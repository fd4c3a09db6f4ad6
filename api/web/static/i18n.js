// Words of the scripts. The Chinese sentence is its own key; English comes from /i18n/en.json, as for the pages.

const language = document.documentElement.lang.startsWith("en") ? "en" : "zh";
let words = {};
if (language === "en") {
  const answer = await fetch("/i18n/en.json");
  if (answer.ok) words = await answer.json();
}

/** The sentence in the page's language, with its {placeholders} filled in. */
export function t(sentence, values = {}) {
  return (words[sentence] ?? sentence).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

// A text with its entities, as nodes. Offsets count UTF-16 units, as JavaScript strings do.

import { copyText, h, icon } from "./dom.js";
import { language, t } from "./texts.js";

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", blockquote: "blockquote" };
const SAFE = new Set(["http:", "https:", "mailto:", "tel:", "tg:"]);

// `actions`: openLink(url), command(text), say(text).
export function richText(text, entities = [], actions = {}) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return span(text, 0, text.length, sorted, actions);
}

function span(text, start, end, entities, actions) {
  const nodes = [];
  let at = start;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    index += 1;
    if (to <= from) continue;
    if (from > at) nodes.push(text.slice(at, from));
    const inner = [];
    while (index < entities.length && entities[index].offset < to) inner.push(entities[index++]);
    nodes.push(styled(entity, text.slice(from, to), span(text, from, to, inner, actions), actions));
    at = to;
    const rest = inner.filter((each) => each.offset + each.length > to).map((each) => ({ ...each, length: each.offset + each.length - to, offset: to }));
    entities = [...rest, ...entities.slice(index)];
    index = 0;
  }
  if (at < end) nodes.push(text.slice(at, end));
  return nodes;
}

function styled(entity, text, children, actions) {
  if (entity.type in TAGS) return h(TAGS[entity.type], {}, children);
  switch (entity.type) {
    case "text_link": return link(entity.url, children, actions);
    case "url": return link(/^[a-z][a-z+.-]*:/i.test(text) ? text : `http://${text}`, children, actions);
    case "email": return link(`mailto:${text}`, children, actions);
    case "phone_number": return link(`tel:${text}`, children, actions);
    case "bot_command": return h("button", { type: "button", class: "inline-link", onclick: () => actions.say?.(text) }, children);
    case "mention": case "hashtag": case "cashtag": case "text_mention": return h("span", { class: "tagged" }, children);
    case "spoiler": return spoiler(children);
    case "pre": return code(text, entity.language);
    case "expandable_blockquote": return expandable(children);
    case "date_time": return h("time", {}, new Date(entity.unix_time * 1000).toLocaleString(language));
    default: return h("span", {}, children);
  }
}

function link(url, children, actions) {
  let parsed = null;
  try { parsed = new URL(url); } catch { /* not a link after all */ }
  if (!parsed || !SAFE.has(parsed.protocol)) return h("span", {}, children);
  const open = (event) => { if (actions.openLink?.(url)) event.preventDefault(); };
  return h("a", { href: parsed.href, target: "_blank", rel: "noopener noreferrer", onclick: open }, children);
}

function spoiler(children) {
  const reveal = () => { element.classList.add("shown"); element.removeAttribute("aria-label"); };
  const element = h("button", { type: "button", class: "spoiler", "aria-label": t("spoiler"), onclick: reveal }, h("span", {}, children));
  return element;
}

function expandable(children) {
  const quote = h("blockquote", { class: "expandable" }, children);
  const more = h("button", { type: "button", class: "inline-link", onclick: () => { quote.classList.add("shown"); more.remove(); } }, t("showMore"));
  return h("span", { class: "expandable-box" }, quote, more);
}

function code(text, languageName) {
  const button = h("button", { type: "button", class: "copy-code", onclick: async () => {
    await copyText(text);
    label.textContent = t("copied");
    setTimeout(() => { label.textContent = t("copyCode"); }, 1500);
  } }, icon("copy"));
  const label = h("span", {}, t("copyCode"));
  button.append(label);
  return h("span", { class: "code-block" },
    h("span", { class: "code-head" }, h("span", {}, languageName || ""), button),
    h("pre", { dir: "auto", tabIndex: 0 }, h("code", {}, text)));
}

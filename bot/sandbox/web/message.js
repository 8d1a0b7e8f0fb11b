// One message as a bubble with what hangs under it.

import { copyText, h, icon, iconButton } from "./dom.js";
import { richText } from "./rich.js";
import { language, t } from "./texts.js";
import { hour } from "./times.js";

const nameOf = (user) => [user?.first_name, user?.last_name].filter(Boolean).join(" ");
// The colour of an author; Bob's own for the bot.
const HUES = [8, 32, 205, 225, 265, 300, 335];
export const hue = (id) => HUES[Math.abs(Number(id)) % HUES.length];
const BOT_HUE = 163;
const SWIPE = 64; // pixels to the left
const SWIPE_DRIFT = 30; // pixels up or down that make it a scroll instead
const hueOf = (message) => (message.outgoing ? BOT_HUE : hue(message.sender_chat?.id || message.from?.id));
export const initials = (name) => [...(name || "?").trim()][0]?.toUpperCase() || "?";

const SERVICE = {
  pinned_message: (message) => t("pinnedBy", { name: nameOf(message.from) }),
  new_chat_members: (message) => {
    const name = message.new_chat_members.map(nameOf).join(", ");
    return message.new_chat_members[0].id === message.from.id ? t("joined", { name }) : t("addedBy", { name, by: nameOf(message.from) });
  },
  left_chat_member: (message) => {
    const name = nameOf(message.left_chat_member);
    return message.left_chat_member.id === message.from.id ? t("left", { name }) : t("removedBy", { name, by: nameOf(message.from) });
  },
  forum_topic_created: (message) => t("topicCreated", { name: nameOf(message.from), topic: message.forum_topic_created.name }),
  forum_topic_edited: (message) => {
    const { name: topic } = message.forum_topic_edited;
    return topic ? t("topicRenamed", { name: nameOf(message.from), topic }) : t("topicEdited", { name: nameOf(message.from) });
  },
  forum_topic_closed: (message) => t("topicClosed", { name: nameOf(message.from) }),
  forum_topic_reopened: (message) => t("topicReopened", { name: nameOf(message.from) }),
  migrate_to_chat_id: () => t("migrated"),
  migrate_from_chat_id: () => t("migrated"),
};

const serviceKind = (message) => Object.keys(SERVICE).find((kind) => kind in message);
export const isService = (message) => Boolean(serviceKind(message));

// The first words of a message, for replies and pins.
export function summary(message) {
  const kind = serviceKind(message);
  if (kind) return SERVICE[kind](message);
  const text = message.text || message.caption;
  const media = ["photo", "document", "voice", "sticker", "contact", "location", "poll"].find((name) => name in message);
  return [media && (media === "sticker" ? message.sticker.emoji : t(media)), text].filter(Boolean).join(" · ") || t("message");
}

// `pane`: viewerId, isGroup, actions (see chat.js).
export function renderMessage(message, pane) {
  const kind = serviceKind(message);
  if (kind) {
    return h("div", { class: "row service", dataset: { id: message.message_id } }, h("span", { class: "pill", dir: "auto" }, SERVICE[kind](message)));
  }
  const mine = message.author_id === pane.viewerId;
  const bare = "sticker" in message;
  const bubble = h("div", { class: `bubble${bare ? " bare" : ""}` },
    pane.isGroup && (!mine || message.sender_chat) ? author(message) : null,
    message.forward_origin ? forwarded(message.forward_origin) : null,
    quoted(message, pane), media(message, pane), body(message, pane), meta(message, mine));
  const row = h("article", { class: `row ${mine ? "out" : "in"}`, dataset: { id: message.message_id, from: message.sender_chat?.id || message.from?.id || 0 }, tabIndex: -1 },
    pane.isGroup && !mine ? avatar(message) : null,
    h("div", { class: "stack" }, bubble, reactions(message, pane), keyboard(message, pane)),
    iconButton("menu", t("messageMenu"), (event) => pane.actions.menu(message, event.currentTarget), { class: "row-menu", "aria-haspopup": "menu" }));
  row.addEventListener("contextmenu", (event) => {
    if (event.target.closest("a, button") || String(getSelection())) return;
    event.preventDefault();
    pane.actions.menu(message, row.querySelector(".row-menu"));
  });
  row.addEventListener("dblclick", (event) => { if (!event.target.closest("a, button, pre")) pane.actions.reply(message); });
  answerBySwipe(row, () => pane.actions.reply(message));
  return row;
}

// As in chat apps: a swipe to the left answers.
function answerBySwipe(row, answer) {
  let start = null;
  const shift = ({ clientX, clientY }) => ({ x: clientX - start.clientX, y: Math.abs(clientY - start.clientY) });
  row.addEventListener("touchstart", (event) => { start = event.touches.length === 1 ? event.touches[0] : null; }, { passive: true });
  row.addEventListener("touchmove", (event) => {
    if (!start) return;
    const { x, y } = shift(event.touches[0]);
    if (y > SWIPE_DRIFT) start = null;
    row.style.translate = start && x < 0 ? `${Math.max(x, -SWIPE)}px` : "";
  }, { passive: true });
  row.addEventListener("touchend", (event) => {
    row.style.translate = "";
    if (start && shift(event.changedTouches[0]).x <= -SWIPE) answer();
    start = null;
  });
}

// The text and the buttons of a message without its bubble.
export function renderInside(message, pane) {
  return [media(message, pane), body(message, pane), keyboard(message, pane)].filter(Boolean);
}

export const authorName = (message) => message.sender_chat?.title || nameOf(message.from);

function author(message) {
  const element = h("div", { class: "author", dir: "auto" }, authorName(message), message.outgoing ? h("span", { class: "badge" }, t("bot")) : null);
  element.style.setProperty("--hue", hueOf(message));
  return element;
}

function avatar(message) {
  const element = h("span", { class: "avatar small", "aria-hidden": "true" }, initials(authorName(message)));
  element.style.setProperty("--hue", hueOf(message));
  return element;
}

function forwarded(origin) {
  const name = origin.sender_user_name || nameOf(origin.sender_user) || origin.chat?.title || "?";
  return h("div", { class: "forwarded", dir: "auto" }, icon("forward"), t("forwardedFrom", { name }));
}

function quoted(message, pane) {
  const replied = message.reply_to_message;
  if (!replied || "forum_topic_created" in replied) return null;
  const text = message.quote?.text || summary(replied);
  return h("button", { type: "button", class: "quoted", onclick: () => pane.actions.jump(replied.message_id) },
    h("strong", { dir: "auto" }, authorName(replied)), h("span", { dir: "auto" }, text.slice(0, 140)));
}

function body(message, pane) {
  const text = message.text ?? message.caption;
  if (!text) return null;
  const emojiOnly = !message.entities && /^(?:\p{Extended_Pictographic}[\u{1F3FB}-\u{1F3FF}]?(?:\uFE0F|\u200D\p{Extended_Pictographic})*){1,3}$/u.test(text);
  return h("div", { class: `text${emojiOnly ? " big" : ""}`, dir: "auto" },
    richText(text, message.entities || message.caption_entities, pane.actions));
}

function meta(message, mine) {
  const edited = message.edit_date ? h("span", { class: "edited" }, t("edited")) : null;
  const time = h("time", { dateTime: new Date(message.date * 1000).toISOString() }, hour(message.date * 1000));
  return h("span", { class: "meta" }, message.pinned ? icon("pin") : null, edited, time, mine ? icon("check") : null);
}

function media(message, pane) {
  if (message.photo) return photo(message.photo.at(-1), message.caption);
  if (message.document) return documentCard(message.document);
  if (message.sticker) return h("div", { class: "sticker", role: "img", "aria-label": t("sticker") }, message.sticker.emoji || "🙂");
  if (message.voice) return voice(message.voice);
  if (message.location) return card("place", t("location"), `${message.location.latitude.toFixed(4)}, ${message.location.longitude.toFixed(4)}`);
  if (message.contact) return card("person", message.contact.first_name, message.contact.phone_number);
  return null;
}

function photo(size, caption) {
  const source = `/media/${size.file_unique_id}`;
  const image = h("img", { src: source, alt: caption || t("photo"), loading: "lazy" });
  const button = h("button", { type: "button", class: "photo", "aria-label": t("photo"), onclick: () => showLarge(source, image.alt) }, image);
  if (size.width && size.height) {
    image.width = size.width;
    image.height = size.height;
  }
  return button;
}

function showLarge(source, alt) {
  const dialog = h("dialog", { class: "large", "aria-label": alt }, h("img", { src: source, alt }));
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function fileSize(bytes) {
  const units = language === "fr" ? ["o", "ko", "Mo"] : ["B", "kB", "MB"];
  const power = bytes < 1000 ? 0 : bytes < 1_000_000 ? 1 : 2;
  return `${(bytes / 1000 ** power).toLocaleString(language, { maximumFractionDigits: power ? 1 : 0 })} ${units[power]}`;
}

function documentCard(file) {
  const name = file.file_name || t("document");
  return h("a", { class: "card", href: `/media/${file.file_unique_id}`, download: name },
    h("span", { class: "card-icon" }, icon("file")), h("span", { class: "card-text" }, h("strong", { dir: "auto" }, name), h("span", {}, fileSize(file.file_size || 0))));
}

function card(iconName, title, detail) {
  return h("div", { class: "card" }, h("span", { class: "card-icon" }, icon(iconName)), h("span", { class: "card-text" }, h("strong", { dir: "auto" }, title), h("span", {}, detail)));
}

function voice(recording) {
  const bars = Array.from({ length: 28 }, (_, index) => {
    const bar = h("i", {});
    bar.style.height = `${22 + Math.abs(Math.sin(index * 1.7) * Math.cos(index * 0.45)) * 78}%`;
    return bar;
  });
  const seconds = recording.duration || 0;
  return h("div", { class: "card voice", role: "img", "aria-label": `${t("voice")}, ${seconds} s` },
    h("span", { class: "card-icon" }, icon("play")), h("span", { class: "wave" }, bars),
    h("span", {}, `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`));
}

function reactions(message, pane) {
  const counts = new Map();
  for (const list of Object.values(message.reactions || {})) for (const { emoji } of list) counts.set(emoji, (counts.get(emoji) || 0) + 1);
  if (!counts.size) return null;
  const own = message.reactions[pane.reactsAs()]?.[0]?.emoji;
  return h("div", { class: "reactions" }, [...counts].map(([emoji, count]) =>
    h("button", { type: "button", "aria-pressed": String(emoji === own), "aria-label": `${t("react")} ${emoji} ${count}`, onclick: () => pane.actions.react(message, emoji) }, emoji, count > 1 ? ` ${count}` : "")));
}

function keyboard(message, pane) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows) return null;
  return h("div", { class: "inline-keyboard" }, rows.map((row) => h("div", { class: "button-row" }, row.map((button) => inlineButton(message, button, pane)))));
}

function inlineButton(message, button, pane) {
  const props = { type: "button", class: `inline-button ${button.style || ""}`, disabled: Boolean(button.disabled) };
  if (button.url) {
    return h("button", { ...props, title: button.url, onclick: () => pane.actions.openLink(button.url) || open(button.url, "_blank", "noopener") }, label(button), icon("open"));
  }
  if (button.copy_text) {
    return h("button", { ...props, onclick: async () => { await copyText(button.copy_text.text); pane.actions.toast(t("copied")); } }, label(button), icon("copy"));
  }
  return h("button", { ...props, onclick: (event) => pane.actions.press(message, button, event.currentTarget) }, label(button), h("span", { class: "spinner", "aria-hidden": "true" }));
}

const label = (button) => h("span", { dir: "auto" }, button.text);

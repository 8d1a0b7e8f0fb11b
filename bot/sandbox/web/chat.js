// One chat on the screen: its messages, its composer, its toasts. The phone and the group are both made of it.

import { Composer } from "./composer.js";
import { copyText, h, icon, openDialog, openMenu } from "./dom.js";
import { isService, renderMessage, summary } from "./message.js";
import { get, post } from "./net.js";
import { Presses } from "./presses.js";
import { problemText, t } from "./texts.js";
import { dayKey, dayName } from "./times.js";

const NEAR_BOTTOM = 80; // pixels
const ACTION_MS = 5_000;
const RUN_SECONDS = 600; // messages of one author within this time hang together
const REACTIONS = ["👍", "❤", "🔥", "👏", "🎉", "🤔", "😢", "🙏"];

export class ChatPane {
  // `app`: botId, deepLink(url) -> bool. Hooks: onUnread(n), onAction(text | null).
  constructor(app, { isGroup }) {
    this.app = app;
    this.isGroup = isGroup;
    this.chatId = this.viewerId = this.threadId = this.meanwhile = null;
    this.viewerName = "";
    this.messages = new Map(); // message id -> {message, element}
    this.presses = new Presses(this);
    this.unread = 0;
    this.more = false;
    this.actions = {
      menu: (message, anchor) => this.openMessageMenu(message, anchor),
      jump: (id) => this.jump(id),
      press: (message, button, element) => this.presses.press(message, button, element),
      openLink: (url) => app.deepLink(url),
      say: (text) => this.guard(() => this.send({ text })),
      toast: (text) => this.toast(text),
    };
    this.build();
  }

  build() {
    this.list = h("div", { class: "messages", role: "log", "aria-live": "polite", "aria-label": t("message") });
    this.older = h("button", { type: "button", class: "older", hidden: true, onclick: () => this.loadOlder() }, t("loadOlder"));
    this.scroller = h("div", { class: "scroller", tabIndex: 0 }, this.older, this.list);
    this.toBottom = h("button", { type: "button", class: "to-bottom", hidden: true, "aria-label": t("toBottom"), onclick: () => this.scrollDown(true) },
      this.unreadLabel = h("span", {}), icon("down"));
    this.pins = h("button", { type: "button", class: "pins", hidden: true, onclick: () => this.jump(this.lastPin) });
    this.toasts = h("div", { class: "toasts", role: "status", "aria-live": "assertive" });
    this.composer = new Composer(this);
    this.body = h("div", { class: "chat" }, this.pins, h("div", { class: "view" }, this.scroller, this.toBottom, this.toasts), this.composer.element);
    this.scroller.addEventListener("scroll", () => this.scrolled());
    new ResizeObserver(() => { if (this.stuck) this.scrollDown(); }).observe(this.scroller);
    new ResizeObserver(() => { if (this.stuck) this.scrollDown(); }).observe(this.list);
    this.stuck = true; // the reader is at the bottom, and stays there
    this.movedByPage = false; // the next scroll event is not the reader's
  }

  // Loading

  async show({ chatId, viewerId, viewerName, threadId = null }) {
    Object.assign(this, { chatId, viewerId, viewerName, threadId });
    this.composer.clearTarget();
    await this.reload();
    this.scrollDown();
  }

  async reload() {
    const { chatId, threadId, viewerId } = this;
    if (chatId === null) return;
    const meanwhile = this.meanwhile = []; // what comes while the answer is on its way may not be in it
    try {
      const page = await get(this.pageUrl());
      if (meanwhile !== this.meanwhile || chatId !== this.chatId || threadId !== this.threadId || viewerId !== this.viewerId) return;
      this.fill(page);
    } finally {
      if (meanwhile === this.meanwhile) {
        this.meanwhile = null;
        meanwhile.forEach((event) => this.event(event));
      }
    }
  }

  fill(page) {
    this.messages.clear();
    this.list.replaceChildren();
    page.messages.forEach((message) => this.place(message));
    this.more = page.more;
    this.composer.setCommands(page.commands);
    this.composer.setKeyboard(page.keyboard);
    this.setPins(page.pinned);
    this.arrange();
    this.changed();
    if (this.stuck) this.scrollDown();
  }

  pageUrl(before = "") {
    return `/api/chats/${this.chatId}?as=${this.viewerId}&before=${before}&thread=${this.threadId === null ? "" : this.threadId}`;
  }

  async loadOlder() {
    const first = Math.min(...this.messages.keys());
    const page = await get(this.pageUrl(first));
    const fromEnd = this.scroller.scrollHeight - this.scroller.scrollTop;
    page.messages.forEach((message) => this.place(message));
    this.more = page.more;
    this.arrange();
    this.scroller.scrollTop = this.scroller.scrollHeight - fromEnd;
  }

  // Changes that come from the server

  event(event) {
    if (event.type === "answer") this.presses.answered(event);
    if (event.chat_id !== this.chatId) return;
    if (this.meanwhile) this.meanwhile.push(event);
    else if (event.type === "delete") this.removed(event.message_id);
    else if (event.type === "action" && this.inThread(event.thread_id)) this.acting(event.action);
    else if (["message", "edit", "change"].includes(event.type) && this.inThread(event.message.message_thread_id)) this.received(event);
  }

  inThread(threadId) { return this.threadId === null || (threadId ?? 0) === this.threadId; }

  received({ type, message }) {
    const isNew = type === "message";
    const mine = message.from?.id === this.viewerId;
    if (!isNew && !this.messages.has(message.message_id)) return;
    this.place(message);
    if (type === "edit") this.requote(message);
    this.arrange();
    if (isNew) {
      if (!mine) this.acting(null);
      if (message.outgoing) this.takeKeyboard(message);
      if (mine) this.stuck = true;
      if (!this.stuck && !mine) this.setUnread(this.unread + 1);
    }
    if (type === "change" || message.pinned) this.refreshPins();
    if (this.stuck) this.scrollDown();
    this.changed();
  }

  // What quotes a message follows its edits.
  requote(edited) {
    for (const { message } of [...this.messages.values()]) {
      if (message.reply_to_message?.message_id === edited.message_id) this.place({ ...message, reply_to_message: edited });
    }
  }

  takeKeyboard(message) {
    const keyboard = message.reply_keyboard;
    if (!keyboard) return;
    if (keyboard.force_reply) this.composer.reply(message, { placeholder: keyboard.input_field_placeholder });
    else if (!this.isGroup) this.composer.setKeyboard(keyboard.remove_keyboard ? null : keyboard);
  }

  removed(id) {
    this.messages.get(id)?.element.remove();
    if (!this.messages.delete(id)) return;
    this.arrange();
    this.refreshPins();
    this.changed();
  }

  place(message) {
    const element = renderMessage(message, this);
    const old = this.messages.get(message.message_id)?.element;
    this.messages.set(message.message_id, { message, element });
    if (old) {
      const focused = [...old.querySelectorAll("button")].indexOf(document.activeElement);
      old.replaceWith(element);
      if (focused >= 0) (element.querySelectorAll("button")[focused] || element).focus({ preventScroll: true });
      return;
    }
    const after = [...this.list.children].find((each) => Number(each.dataset.id) > message.message_id);
    this.list.insertBefore(element, after || null);
  }

  // Day separators, runs of one author, first and last of a run.
  arrange() {
    this.list.querySelectorAll(".day").forEach((each) => each.remove());
    const ids = [...this.messages.keys()].sort((a, b) => a - b);
    let day = null;
    ids.forEach((id, index) => {
      const { message, element } = this.messages.get(id);
      const key = dayKey(message.date * 1000);
      if (key !== day) {
        element.before(h("div", { class: "day", dataset: { id: id - 0.5 } }, h("span", { class: "pill" }, dayName(message.date * 1000))));
        day = key;
      }
      element.classList.toggle("first", !this.together(this.messages.get(ids[index - 1])?.message, message));
      element.classList.toggle("last", !this.together(message, this.messages.get(ids[index + 1])?.message));
    });
    this.older.hidden = !this.more;
  }

  together(earlier, later) {
    if (!earlier || !later || isService(earlier) || isService(later)) return false;
    return earlier.from?.id === later.from?.id && later.date - earlier.date < RUN_SECONDS
      && dayKey(earlier.date * 1000) === dayKey(later.date * 1000);
  }

  // Scrolling

  scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    this.stuck = scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM;
    this.toBottom.hidden = this.stuck;
    if (this.stuck) this.setUnread(0);
    this.showDays();
  }

  // The day of what is being read stays on top while the reader scrolls, then leaves the text free.
  showDays() {
    if (this.movedByPage) {
      this.movedByPage = false;
    } else {
      this.scroller.classList.add("scrolling");
      clearTimeout(this.scrollTimer);
      this.scrollTimer = setTimeout(() => this.scroller.classList.remove("scrolling"), 900);
    }
    this.markDays();
  }

  markDays() {
    for (const day of this.list.querySelectorAll(".day")) {
      const next = day.nextElementSibling?.getBoundingClientRect().top ?? Infinity;
      day.classList.toggle("stuck", next < day.getBoundingClientRect().bottom - 2);
    }
  }

  scrollDown(smooth = false) {
    this.stuck = true;
    this.movedByPage = true;
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: smooth ? "smooth" : "instant" });
    this.setUnread(0);
    if (!smooth) this.toBottom.hidden = true;
    this.markDays();
  }

  setUnread(count) {
    this.unread = count;
    this.unreadLabel.textContent = count ? `${count} · ${t("newMessages")}` : "";
    if (count) this.toBottom.hidden = false;
  }

  jump(id) {
    const element = this.messages.get(id)?.element;
    if (!element) return;
    element.scrollIntoView({ block: "center", behavior: "smooth" });
    element.classList.remove("flash");
    requestAnimationFrame(() => element.classList.add("flash"));
    element.focus({ preventScroll: true });
  }

  // Pins

  async refreshPins() {
    const { chatId } = this;
    const page = await get(this.pageUrl()).catch(() => null);
    if (page && chatId === this.chatId) this.setPins(page.pinned);
  }

  setPins(pinned) {
    const last = pinned.at(-1);
    this.pins.hidden = !last;
    this.lastPin = last?.message_id;
    if (last) this.pins.replaceChildren(icon("pin"), h("span", {}, h("strong", {}, t("pinned")), h("span", { dir: "auto" }, summary(last))));
  }

  // Gestures

  send(body) {
    return post(`/api/chats/${this.chatId}/messages`, { as: this.viewerId, thread_id: this.threadId || undefined, ...body });
  }

  gesture(name, body) { return post(`/api/chats/${this.chatId}/${name}`, { as: this.viewerId, ...body }); }

  edit(message, text) { return this.gesture("edit", { message_id: message.message_id, text }); }

  pressReply(label) { return this.gesture("reply_button", { label }); }

  lastOwn() {
    const own = [...this.messages.values()].map(({ message }) => message).filter((message) => this.canEdit(message));
    return own.sort((a, b) => a.message_id - b.message_id).at(-1);
  }

  canEdit(message) {
    return message.from?.id === this.viewerId && !message.forward_origin && ("text" in message || "caption" in message);
  }

  // Do something and say what went wrong; true when it went well.
  async guard(run) {
    try {
      await run();
      return true;
    } catch (problem) {
      this.toast(problemText(problem));
      return false;
    }
  }

  toast(text) {
    const toast = h("div", { class: "toast", dir: "auto" }, text);
    this.toasts.append(toast);
    setTimeout(() => toast.remove(), 2500 + text.length * 30);
  }

  openMessageMenu(message, anchor) {
    const text = message.text ?? message.caption;
    const mine = message.from?.id === this.viewerId;
    openMenu(anchor, [
      { icon: "reply", label: t("reply"), run: () => this.composer.reply(message) },
      text && { icon: "copy", label: t("copyText"), run: async () => { await copyText(text); this.toast(t("copied")); } },
      { icon: "smile", label: t("react"), run: () => this.react(message) },
      this.canEdit(message) && { icon: "edit", label: t("edit"), run: () => this.composer.edit(message) },
      (mine || !this.isGroup) && { icon: "bin", label: t("delete"), danger: true, run: () => this.guard(() => this.gesture("delete", { message_id: message.message_id })) },
    ].filter(Boolean), t("messageMenu"));
  }

  async react(message) {
    const emoji = await openDialog(t("react"), (close) => h("div", { class: "stickers small" }, REACTIONS.map((each) => h("button", { type: "button", onclick: () => close(each) }, each))));
    if (!emoji) return;
    const same = message.reactions?.[this.viewerId]?.[0]?.emoji === emoji;
    this.guard(() => this.gesture("react", { message_id: message.message_id, emoji: same ? null : emoji }));
  }

  // "typing…", for five seconds or until something is said.
  acting(action) {
    clearTimeout(this.actionTimer);
    const text = !action ? null : action === "upload_photo" ? t("sendsPhoto") : action === "upload_document" ? t("sendsFile") : t("typing");
    this.onAction?.(text);
    if (text) this.actionTimer = setTimeout(() => this.onAction?.(null), ACTION_MS);
  }

  changed() { this.onChange?.(); }
}

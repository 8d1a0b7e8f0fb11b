// One chat on the screen: its messages, its composer, its toasts. The phone and the group are both made of it.

import { Composer } from "./composer.js";
import { h, icon } from "./dom.js";
import { isService, renderMessage } from "./message.js";
import { MessageMenu } from "./messagemenu.js";
import { get, post } from "./net.js";
import { Pins } from "./pins.js";
import { Presses } from "./presses.js";
import { Scroll } from "./scroll.js";
import { problemText, t } from "./texts.js";
import { dayKey, dayName } from "./times.js";

const ACTION_MS = 5_000;
const RUN_SECONDS = 600; // messages of one author within this time hang together
const HINT_MS = 9_000;
const PAGES_TO_SEARCH = 20;

export class ChatPane {
  // `app`: botId, deepLink(url) -> bool, state. Hooks: onAction(text | null), onChange().
  constructor(app, { isGroup }) {
    this.app = app;
    this.isGroup = isGroup;
    this.chatId = this.viewerId = this.threadId = this.meanwhile = null;
    this.viewerName = "";
    this.speaker = {}; // in whose name the viewer writes: {anonymous: true} or {channel: id}
    this.givenUp = new Set(); // questions of the bot (forced replies) that the viewer put away
    this.messages = new Map(); // message id -> {message, element}
    this.presses = new Presses(this);
    this.menu = new MessageMenu(this);
    this.more = false;
    this.actions = {
      menu: (message, anchor) => this.menu.open(message, anchor),
      reply: (message) => { if (this.canWrite()) this.composer.reply(message); },
      react: (message, emoji) => this.menu.toggleReaction(message, emoji),
      jump: (id) => this.jump(id),
      press: (message, button, element) => this.presses.press(message, button, element),
      openLink: (url) => app.deepLink(url),
      say: (command) => this.guard(() => this.send({ text: this.addressed(command) })),
      toast: (text) => this.toast(text),
    };
    this.build();
  }

  build() {
    this.list = h("div", { class: "messages", role: "log", "aria-live": "polite", "aria-label": t("message") });
    this.older = h("button", { type: "button", class: "older", hidden: true, onclick: () => this.loadOlder() }, t("loadOlder"));
    this.scroll = new Scroll([this.older, this.list], this.list);
    this.pins = new Pins(this);
    this.hint = h("div", { class: "hint", role: "status", hidden: true });
    this.toasts = h("div", { class: "toasts", role: "status", "aria-live": "assertive" });
    this.composer = new Composer(this);
    this.body = h("div", { class: "chat" }, this.pins.element, h("div", { class: "view" }, this.scroll.element, this.scroll.toBottom, this.toasts), this.hint, this.composer.element);
  }

  // Loading

  async show({ chatId, viewerId, viewerName, threadId = null, speaker = {} }) {
    Object.assign(this, { chatId, viewerId, viewerName, threadId, speaker });
    this.composer.clearTarget();
    this.hint.hidden = true;
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
    this.pins.show(page.pinned);
    this.arrange();
    this.changed();
    this.takeQuestion();
    this.scroll.follow();
  }

  pageUrl(before = "") {
    return `/api/chats/${this.chatId}?as=${this.viewerId}&before=${before}&thread=${this.threadId === null ? "" : this.threadId}`;
  }

  async loadOlder() {
    const first = Math.min(...this.messages.keys());
    const page = await get(this.pageUrl(first));
    this.scroll.keepingPlace(() => {
      page.messages.forEach((message) => this.place(message));
      this.more = page.more;
      this.arrange();
    });
  }

  // Changes that come from the server

  event(event) {
    if (event.type === "answer") this.presses.answered(event);
    if (event.chat_id !== this.chatId) return;
    if (event.type === "refused") this.showHint(t("refused", { method: event.method, text: event.text.replace(/^.*?: /, "") }));
    if (this.meanwhile) this.meanwhile.push(event);
    else if (event.type === "delete") this.removed(event.message_id);
    else if (event.type === "action" && this.inThread(event.thread_id)) this.acting(event.action);
    else if (["message", "edit", "change"].includes(event.type) && this.inThread(event.message.message_thread_id)) this.received(event);
  }

  inThread(threadId) { return this.threadId === null || (threadId ?? 0) === this.threadId; }

  received({ type, message }) {
    const isNew = type === "message";
    const mine = message.author_id === this.viewerId;
    if (type === "change" || message.pinned) this.refreshPins();
    if (!isNew && !this.messages.has(message.message_id)) return;
    this.place(message);
    if (type === "edit") this.requote(message);
    this.arrange();
    if (isNew) {
      if (!mine) this.acting(null);
      if (message.outgoing) this.takeKeyboard(message);
      if (mine) this.scroll.stuck = true;
      if (!this.scroll.stuck && !mine) this.scroll.setUnread(this.scroll.unread + 1);
    }
    this.scroll.follow();
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
    if (keyboard.force_reply) this.takeQuestion();
    else if (!this.isGroup) this.composer.setKeyboard(keyboard.remove_keyboard ? null : keyboard);
  }

  // A forced reply opens the answer for whom it concerns, until they write something or put it away.
  takeQuestion() {
    if (this.composer.target) return;
    const ids = [...this.messages.keys()].sort((a, b) => b - a);
    for (const id of ids) {
      const { message } = this.messages.get(id);
      if (message.author_id === this.viewerId && !isService(message)) return;
      if (!message.reply_keyboard?.force_reply || (message.force_reply_to && !message.force_reply_to.includes(this.viewerId))) continue;
      if (this.givenUp.has(id)) return;
      const here = this.body.contains(document.activeElement) || document.activeElement === document.body;
      this.composer.reply(message, { placeholder: message.reply_keyboard.input_field_placeholder, focus: here, onCancel: () => this.givenUp.add(id) });
      return;
    }
  }

  removed(id) {
    this.refreshPins();
    this.messages.get(id)?.element.remove();
    if (!this.messages.delete(id)) return;
    this.arrange();
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
      const group = message.media_group_id;
      element.classList.toggle("in-album", Boolean(group) && this.messages.get(ids[index - 1])?.message.media_group_id === group);
      element.classList.toggle("first", !this.together(this.messages.get(ids[index - 1])?.message, message));
      element.classList.toggle("last", !this.together(message, this.messages.get(ids[index + 1])?.message));
    });
    this.older.hidden = !this.more;
  }

  together(earlier, later) {
    if (!earlier || !later || isService(earlier) || isService(later)) return false;
    return earlier.from?.id === later.from?.id && earlier.sender_chat?.id === later.sender_chat?.id && later.date - earlier.date < RUN_SECONDS
      && dayKey(earlier.date * 1000) === dayKey(later.date * 1000);
  }

  // Scroll to a message, loading what is between when it is older than what is shown.
  async jump(id) {
    let loaded = 0;
    for (; loaded < PAGES_TO_SEARCH && this.more && !this.messages.has(id); loaded += 1) await this.loadOlder();
    const element = this.messages.get(id)?.element;
    if (!element) {
      this.toast(t("gone"));
      return;
    }
    this.scroll.to(element, loaded);
  }

  scrollDown() { this.scroll.down(); }

  // Pins

  async refreshPins() {
    const { chatId } = this;
    const page = await get(this.pageUrl()).catch(() => null);
    if (page && chatId === this.chatId) this.pins.show(page.pinned);
  }

  // Gestures

  send(body) {
    return post(`/api/chats/${this.chatId}/messages`, { as: this.viewerId, thread_id: this.threadId || undefined, ...this.speaker, ...body });
  }

  gesture(name, body) { return post(`/api/chats/${this.chatId}/${name}`, { as: this.viewerId, ...body }); }

  edit(message, text) { return this.gesture("edit", { message_id: message.message_id, text }); }

  pressReply(label) { return this.gesture("reply_button", { label }); }

  lastOwn() {
    const own = [...this.messages.values()].map(({ message }) => message).filter((message) => this.canEdit(message));
    return own.sort((a, b) => a.message_id - b.message_id).at(-1);
  }

  canEdit(message) {
    return message.author_id === this.viewerId && !message.forward_origin && ("text" in message || "caption" in message);
  }

  // In groups, apps name the bot in the commands that are chosen, not typed.
  addressed(command) { return this.isGroup && !command.includes("@") ? `${command}@${this.app.state.bot.username}` : command; }

  canDelete(message) { return !this.isGroup || message.author_id === this.viewerId || this.manages; }

  canWrite() { return !this.composer.element.hidden; }

  // The key of the viewer's own reactions.
  reactsAs() { return this.speaker.anonymous ? this.chatId : this.viewerId; }

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

  // A call of the bot that Telegram refused: of interest here, gone after a while.
  showHint(text) {
    clearTimeout(this.hintTimer);
    this.hint.replaceChildren(icon("warn"), h("span", { dir: "auto" }, text));
    this.hint.hidden = false;
    this.hintTimer = setTimeout(() => { this.hint.hidden = true; }, HINT_MS);
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

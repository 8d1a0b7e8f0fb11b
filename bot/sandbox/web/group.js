// The counsellors' group: its topics, and which of its members writes.

import { ChatPane } from "./chat.js";
import { h, icon, iconButton } from "./dom.js";
import { GroupAdmin } from "./groupadmin.js";
import { hue, initials } from "./message.js";
import { t } from "./texts.js";

const KEPT = "sandbox-group";

export class Group {
  constructor(app, root) {
    this.app = app;
    this.unread = new Map(); // topic id (0: general) -> number of messages
    this.threadId = null;
    this.actor = null; // "<person>", "<person>:anonymous" or "<person>:<channel>"
    this.pane = new ChatPane(app, { isGroup: true });
    this.pane.onAction = (text) => this.setSubtitle(text);
    this.admin = new GroupAdmin(this);
    this.switcher = h("select", { "aria-label": t("chooseGroup"), onchange: () => this.choose(Number(this.switcher.value)) });
    this.actors = h("select", { "aria-label": t("actAs"), onchange: () => this.actAs(this.actors.value) });
    this.title = h("span", { class: "title", dir: "auto" });
    this.subtitle = h("span", { class: "subtitle" });
    this.avatar = h("span", { class: "avatar", "aria-hidden": "true" });
    this.topics = h("div", { class: "topics", role: "tablist", "aria-label": t("topics") });
    this.topics.addEventListener("keydown", (event) => this.topicKey(event));
    this.empty = h("div", { class: "no-group" });
    this.closed = h("div", { class: "closed-note", hidden: true });
    this.pane.composer.element.before(this.closed);
    this.tools = h("div", { class: "pane-tools" }, icon("person"), h("span", { class: "tool-label" }, t("actAs")), this.actors, h("span", { class: "spring" }), this.switcher, iconButton("plus", t("createGroup"), () => this.admin.createGroup()));
    this.device = h("div", { class: "device" },
      h("header", { class: "chat-head" }, this.avatar, h("div", { class: "names" }, this.title, this.subtitle),
        iconButton("menu", t("menu"), (event) => this.admin.openMenu(event.currentTarget), { "aria-haspopup": "menu" })),
      h("div", { class: "forum" }, this.topics, this.pane.body));
    root.replaceChildren(this.tools, this.device, this.empty);
    root.setAttribute("aria-label", t("group"));
  }

  get group() { return this.app.state.groups.find(({ id }) => id === this.groupId); }

  get topic() { return this.group?.topics.find(({ id }) => id === this.threadId); }

  get writers() { return (this.group?.members || []).filter((member) => !member.is_bot); }

  get actorId() { return this.actor === null ? null : Number(this.actor.split(":")[0]); }

  get actorName() { return this.writers.find(({ id }) => id === this.actorId)?.first_name || ""; }

  get speaker() {
    const name = this.actor?.split(":")[1];
    return !name ? {} : name === "anonymous" ? { anonymous: true } : { channel: Number(name) };
  }

  async refresh() {
    const { groups } = this.app.state;
    this.tools.hidden = this.device.hidden = groups.length === 0;
    this.empty.hidden = groups.length > 0;
    if (groups.length === 0) {
      this.groupId = null;
      this.admin.showEmpty(this.empty);
      return;
    }
    this.switcher.replaceChildren(...groups.map(({ id, title }) => h("option", { value: id }, title)));
    this.switcher.hidden = groups.length < 2;
    const kept = Number(localStorage.getItem(KEPT));
    const wanted = [this.groupId, kept, groups[0].id].find((id) => groups.some((group) => group.id === id));
    if (wanted !== this.groupId) await this.choose(wanted);
    else await this.showGroup();
  }

  async choose(id) {
    this.groupId = id;
    localStorage.setItem(KEPT, id);
    this.threadId = null;
    this.unread.clear();
    await this.showGroup();
  }

  async showGroup() {
    const { group } = this;
    this.switcher.value = String(group.id);
    this.title.textContent = group.title;
    this.avatar.textContent = initials(group.title);
    this.avatar.style.setProperty("--hue", hue(group.id));
    this.setSubtitle(null);
    this.showActors();
    const known = new Set(group.topics.map(({ id }) => id));
    if (!group.is_forum) this.threadId = null;
    else if (!known.has(this.threadId)) this.threadId = 0;
    this.showTopics();
    this.showComposer();
    await this.showChat();
  }

  // Each member as they are; administrators also unnamed, owners of a channel also as the channel.
  showActors() {
    const { writers } = this;
    const { channels } = this.app.state;
    const options = writers.map(({ id, first_name: name }) => [String(id), name]);
    for (const { id, first_name: name, status } of writers) {
      if (["creator", "administrator"].includes(status)) options.push([`${id}:anonymous`, t("anonymously", { name })]);
      for (const channel of channels) if (channel.owner_id === id) options.push([`${id}:${channel.id}`, t("asChannel", { channel: channel.title, name })]);
    }
    if (!options.some(([value]) => value === this.actor)) this.actor = options[0]?.[0] ?? null;
    this.actors.replaceChildren(...options.map(([value, name]) => h("option", { value }, name)));
    if (this.actor !== null) this.actors.value = this.actor;
  }

  // In a closed topic only those who manage topics write.
  showComposer() {
    const manages = Boolean(this.writers.find(({ id }) => id === this.actorId)?.manages_topics);
    const closed = Boolean(this.topic?.closed);
    this.pane.manages = manages;
    this.pane.composer.element.hidden = this.actorId === null || (closed && !manages);
    this.closed.hidden = !closed && this.actorId !== null;
    const text = this.actorId === null ? t("notMember") : t("topicIsClosed");
    this.closed.replaceChildren(icon("lock"), h("span", {}, text),
      closed && manages ? h("button", { type: "button", onclick: () => this.admin.changeTopic(this.topic, "reopen") }, t("reopenTopic")) : "");
  }

  async showChat() {
    const { pane } = this;
    const viewerId = this.actorId ?? this.app.botId();
    if (pane.chatId === this.groupId && pane.viewerId === viewerId && pane.threadId === this.threadId && pane.shownAs === this.actor) return;
    pane.shownAs = this.actor;
    await pane.show({ chatId: this.groupId, viewerId, viewerName: this.actorName, threadId: this.threadId, speaker: this.speaker });
  }

  actAs(actor) {
    this.actor = actor;
    this.showComposer();
    this.showChat();
  }

  setSubtitle(action) {
    this.subtitle.textContent = action || t("members", { n: this.group?.members.length ?? 0 });
    this.subtitle.classList.toggle("acting", Boolean(action));
  }

  // Topics

  showTopics() {
    const { group } = this;
    this.topics.hidden = !group.is_forum;
    const all = [{ id: 0, name: t("general"), color: null, closed: false }, ...group.topics];
    const focused = this.topics.contains(document.activeElement);
    this.topics.replaceChildren(...all.map((topic) => this.topicTab(topic)));
    const chosen = this.topics.querySelector('[aria-selected="true"]');
    chosen?.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (focused) chosen?.focus();
  }

  topicTab({ id, name, color, closed }) {
    const chosen = id === this.threadId;
    const count = this.unread.get(id) || 0;
    const dot = h("span", { class: "dot" });
    if (color) dot.style.background = color;
    return h("button", { type: "button", role: "tab", class: "topic", tabIndex: chosen ? 0 : -1, "aria-selected": String(chosen), onclick: () => this.openTopic(id) },
      dot, h("span", { class: "topic-name", dir: "auto" }, name), closed ? h("span", { class: "lock", role: "img", "aria-label": t("closed") }, icon("lock")) : null,
      count ? h("span", { class: "count", "aria-label": t("unread", { n: count }) }, count) : null);
  }

  topicKey(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const tabs = [...this.topics.children];
    if (!step) return;
    event.preventDefault();
    const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
    next.focus();
  }

  async openTopic(id) {
    this.threadId = id;
    this.unread.delete(id);
    this.showTopics();
    this.showComposer();
    await this.showChat();
  }

  event(event) {
    if (event.type === "message" && event.chat_id === this.groupId) this.arrived(event.message);
    this.pane.event(event);
  }

  arrived(message) {
    if (message.migrate_to_chat_id) localStorage.setItem(KEPT, message.migrate_to_chat_id); // where the group is from now on
    if (!this.group?.is_forum) return;
    const topic = message.message_thread_id ?? 0;
    if (topic === this.threadId) return;
    this.unread.set(topic, (this.unread.get(topic) || 0) + 1);
    if (topic === 0 || this.group.topics.some(({ id }) => id === topic)) this.showTopics();
  }
}

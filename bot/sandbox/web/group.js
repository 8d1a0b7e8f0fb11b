// The counsellors' group: topics, members, and who of them writes.

import { ChatPane } from "./chat.js";
import { askForm, h, icon, iconButton, openDialog, openMenu } from "./dom.js";
import { hue, initials } from "./message.js";
import { post } from "./net.js";
import { language, t } from "./texts.js";

const KEPT = "sandbox-group";

export class Group {
  constructor(app, root) {
    this.app = app;
    this.root = root;
    this.unread = new Map(); // topic id (0: general) -> number of messages
    this.threadId = null;
    this.pane = new ChatPane(app, { isGroup: true });
    this.pane.onAction = (text) => this.setSubtitle(text);
    this.switcher = h("select", { "aria-label": t("chooseGroup"), onchange: () => this.choose(Number(this.switcher.value)) });
    this.actor = h("select", { "aria-label": t("actAs"), onchange: () => this.actAs(Number(this.actor.value)) });
    this.title = h("span", { class: "title", dir: "auto" });
    this.subtitle = h("span", { class: "subtitle" });
    this.avatar = h("span", { class: "avatar", "aria-hidden": "true" });
    this.topics = h("div", { class: "topics", role: "tablist", "aria-label": t("topics") });
    this.topics.addEventListener("keydown", (event) => this.topicKey(event));
    this.empty = h("div", { class: "no-group" });
    this.tools = h("div", { class: "pane-tools" }, icon("person"), h("span", { class: "tool-label" }, t("actAs")), this.actor, h("span", { class: "spring" }), this.switcher, iconButton("plus", t("createGroup"), () => this.create()));
    this.device = h("div", { class: "device" },
      h("header", { class: "chat-head" }, this.avatar, h("div", { class: "names" }, this.title, this.subtitle),
        iconButton("menu", t("menu"), (event) => this.openHeadMenu(event.currentTarget), { "aria-haspopup": "menu" })),
      this.topics, this.pane.body);
    root.replaceChildren(this.tools, this.device, this.empty);
    root.setAttribute("aria-label", t("group"));
  }

  get group() { return this.app.state.groups.find(({ id }) => id === this.groupId); }

  get writers() { return (this.group?.members || []).filter((member) => !member.is_bot); }

  async refresh() {
    const { groups } = this.app.state;
    this.tools.hidden = this.device.hidden = groups.length === 0;
    this.empty.hidden = groups.length > 0;
    if (groups.length === 0) {
      this.groupId = null;
      this.showEmpty();
      return;
    }
    this.switcher.replaceChildren(...groups.map(({ id, title }) => h("option", { value: id }, title)));
    this.switcher.hidden = groups.length < 2;
    const kept = Number(localStorage.getItem(KEPT));
    const wanted = [this.groupId, kept, groups[0].id].find((id) => groups.some((group) => group.id === id));
    if (wanted !== this.groupId) await this.choose(wanted);
    else await this.showGroup();
  }

  showEmpty() {
    this.empty.replaceChildren(h("span", { class: "avatar large", "aria-hidden": "true" }, icon("group")), h("strong", {}, t("noGroup")), h("p", {}, t("noGroupHint")),
      h("button", { type: "button", class: "start-button", onclick: () => this.create() }, t("createGroup")));
  }

  async choose(id) {
    this.groupId = id;
    localStorage.setItem(KEPT, id);
    this.threadId = null;
    this.unread.clear();
    await this.showGroup();
  }

  async showGroup() {
    const { group, writers } = this;
    this.switcher.value = String(group.id);
    this.title.textContent = group.title;
    this.avatar.textContent = initials(group.title);
    this.avatar.style.setProperty("--hue", hue(group.id));
    this.setSubtitle(null);
    const actors = new Set(writers.map(({ id }) => id));
    if (!actors.has(this.actorId)) this.actorId = writers[0]?.id ?? null;
    this.actor.replaceChildren(...writers.map(({ id, first_name }) => h("option", { value: id }, first_name)));
    this.actor.value = String(this.actorId);
    const known = new Set(group.topics.map(({ id }) => id));
    if (!group.is_forum) this.threadId = null;
    else if (!known.has(this.threadId)) this.threadId = 0;
    this.showTopics();
    this.pane.composer.element.hidden = this.actorId === null;
    await this.showChat();
  }

  async showChat() {
    const { pane } = this;
    const viewerId = this.actorId ?? this.app.botId();
    if (pane.chatId === this.groupId && pane.viewerId === viewerId && pane.threadId === this.threadId) return;
    const viewerName = this.writers.find(({ id }) => id === viewerId)?.first_name || "";
    await pane.show({ chatId: this.groupId, viewerId, viewerName, threadId: this.threadId });
  }

  actAs(id) {
    this.actorId = id;
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
    this.topics.replaceChildren(...all.map((topic) => this.topicTab(topic)));
    this.topics.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  topicTab({ id, name, color, closed }) {
    const chosen = id === this.threadId;
    const count = this.unread.get(id) || 0;
    const dot = h("span", { class: "dot" });
    if (color) dot.style.background = color;
    return h("button", { type: "button", role: "tab", class: "topic", tabIndex: chosen ? 0 : -1, "aria-selected": String(chosen), onclick: () => this.openTopic(id) },
      dot, h("span", { dir: "auto" }, name), closed ? h("span", { class: "badge" }, t("closed")) : null,
      count ? h("span", { class: "count", "aria-label": t("unread", { n: count }) }, count) : null);
  }

  topicKey(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
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
    await this.showChat();
  }

  event(event) {
    if (event.type === "message" && event.chat_id === this.groupId && this.group?.is_forum) {
      const topic = event.message.message_thread_id ?? 0;
      const known = topic === 0 || this.group.topics.some(({ id }) => id === topic);
      if (topic !== this.threadId) this.unread.set(topic, (this.unread.get(topic) || 0) + 1);
      if (known && topic !== this.threadId) this.showTopics();
    }
    this.pane.event(event);
  }

  // Members and groups

  openHeadMenu(anchor) {
    openMenu(anchor, [
      { icon: "group", label: t("manageMembers"), run: () => this.manageMembers() },
      { icon: "plus", label: t("createGroup"), run: () => this.create() },
    ], t("menu"));
  }

  manageMembers() {
    const present = new Set(this.group.members.map(({ id }) => id));
    openDialog(t("manageMembers"), () => h("div", { class: "member-list" }, this.app.state.people.map((person) =>
      h("label", { class: "field checkbox" }, h("span", { dir: "auto" }, person.first_name),
        h("input", { type: "checkbox", checked: present.has(person.id), onchange: (event) => this.setMember(person.id, event.currentTarget) })))));
  }

  async setMember(userId, box) {
    const done = await this.pane.guard(() => post(`/api/groups/${this.groupId}/members`, { user_id: userId, member: box.checked }));
    if (!done) box.checked = !box.checked;
  }

  async create() {
    const values = await askForm(t("createGroup"), [
      { name: "title", label: t("groupTitle"), value: t("defaultGroup"), maxLength: 128 },
      { name: "first_name", label: t("counsellor"), value: "Nadia", maxLength: 64 },
      { name: "forum", label: t("forum"), type: "checkbox", value: true, required: false }], { ok: t("create"), cancel: t("cancel") });
    if (!values) return;
    await this.pane.guard(async () => {
      const person = await post("/api/people", { first_name: values.first_name, language_code: language });
      const { id } = await post("/api/groups", { title: values.title, forum: values.forum, as: person.id });
      await this.app.readState();
      this.actorId = person.id;
      await this.choose(id);
    });
  }
}

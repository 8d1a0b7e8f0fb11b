// What people do to the group itself: members, rights of the bot, topics, channels, new groups.

import { askForm, h, icon, openDialog, openMenu } from "./dom.js";
import { post } from "./net.js";
import { language, t } from "./texts.js";

const RIGHTS = ["can_manage_topics", "can_delete_messages", "can_pin_messages"];
const KINDS = ["forum", "supergroup", "basic"];

export class GroupAdmin {
  // `room`: the group on the screen (see group.js).
  constructor(room) {
    this.room = room;
  }

  get path() { return `/api/groups/${this.room.groupId}`; }

  // Do something in the name of the acting member and say what went wrong.
  act(path, body) { return this.room.pane.guard(() => post(`${this.path}/${path}`, { as: this.room.actorId, ...body })); }

  ask(title, fields, ok = t("ok")) { return askForm(title, fields, { ok, cancel: t("cancel") }); }

  openMenu(anchor) {
    const { room } = this;
    const topic = room.topic;
    openMenu(anchor, [
      { icon: "group", label: t("manageMembers"), run: () => this.manageMembers() },
      { icon: "person", label: t("addStranger"), run: () => this.addStranger() },
      room.actorId !== null && { icon: "open", label: t("openPhone", { name: room.actorName }), run: () => room.app.openPhone(room.actorId) },
      { icon: "shield", label: t("botHere"), run: () => this.manageBot() },
      room.group.is_forum ? { icon: "plus", label: t("newTopic"), run: () => this.createTopic() } : { icon: "menu", label: t("enableTopics"), run: () => this.enableTopics() },
      topic && { icon: "edit", label: t("renameTopic"), run: () => this.renameTopic(topic) },
      topic && !topic.closed && { icon: "lock", label: t("closeTopic"), run: () => this.changeTopic(topic, "close") },
      topic?.closed && { icon: "check", label: t("reopenTopic"), run: () => this.changeTopic(topic, "reopen") },
      topic && { icon: "bin", label: t("deleteTopic"), danger: true, run: () => this.changeTopic(topic, "delete") },
      { icon: "forward", label: t("newChannel"), run: () => this.createChannel() },
      { icon: "plus", label: t("createGroup"), run: () => this.createGroup() },
    ].filter(Boolean), t("menu"));
  }

  // Topics

  changeTopic(topic, change, more = {}) { return this.act("topics", { change, thread_id: topic.id, ...more }); }

  async createTopic() {
    const values = await this.ask(t("newTopic"), [{ name: "name", label: t("topicName"), maxLength: 128 }], t("create"));
    if (values) this.act("topics", { change: "create", name: values.name });
  }

  async renameTopic(topic) {
    const values = await this.ask(t("renameTopic"), [{ name: "name", label: t("topicName"), value: topic.name, maxLength: 128 }]);
    if (values) this.changeTopic(topic, "rename", { name: values.name });
  }

  enableTopics() { return this.act("forum", {}); }

  // Members

  manageMembers() {
    const members = new Map(this.room.group.members.map((member) => [member.id, member]));
    openDialog(t("manageMembers"), () => h("div", { class: "member-list" }, this.room.app.state.people.map((person) => this.memberLine(person, members.get(person.id)))));
  }

  memberLine(person, member) {
    const owner = member?.status === "creator";
    const admin = h("button", { type: "button", class: "toggle", hidden: !member || owner, "aria-pressed": String(member?.status === "administrator") }, t("administrator"), h("span", { class: "offscreen" }, ` ${person.first_name}`));
    const box = h("input", { type: "checkbox", checked: Boolean(member) });
    const set = (present, status) => this.act("members", { user_id: person.id, member: present, status });
    admin.addEventListener("click", async () => {
      const promoted = admin.getAttribute("aria-pressed") !== "true";
      if (await set(true, promoted ? "administrator" : "member")) admin.setAttribute("aria-pressed", String(promoted));
    });
    box.addEventListener("change", async () => {
      if (!(await set(box.checked, "member"))) box.checked = !box.checked;
      admin.hidden = !box.checked || owner;
      admin.setAttribute("aria-pressed", "false");
    });
    return h("div", { class: "member-line" }, h("label", { class: "field checkbox" }, box, h("span", { dir: "auto" }, person.first_name)), owner ? h("span", { class: "badge" }, t("owner")) : null, admin);
  }

  async addStranger() {
    const values = await this.ask(t("addStranger"), [{ name: "first_name", label: t("firstName"), value: "Zoé", maxLength: 64 }], t("create"));
    if (!values) return;
    await this.room.pane.guard(async () => {
      const { id } = await post("/api/people", { first_name: values.first_name, language_code: language });
      await post(`${this.path}/members`, { as: this.room.actorId, user_id: id, member: true });
    });
  }

  // The bot

  manageBot() {
    const { status, rights } = this.room.group.bot;
    const present = ["administrator", "member"].includes(status);
    const line = (label, checked, change) => {
      const box = h("input", { type: "checkbox", checked });
      box.addEventListener("change", async () => { if (!(await change(box.checked))) box.checked = !box.checked; });
      return h("label", { class: "field checkbox" }, box, h("span", {}, label));
    };
    openDialog(t("botHere"), (close) => {
      const again = async (done) => { if (await done) { await this.room.app.readState(); close(); this.manageBot(); } return true; };
      return [
        line(t("botPresent"), present, (checked) => again(this.act("bot", { present: checked }))),
        present ? line(t("administrator"), status === "administrator", (checked) => again(this.act("bot", { admin: checked }))) : null,
        ...(status === "administrator" ? RIGHTS.map((name) => line(t(name), rights[name], (checked) => this.act("bot", { rights: { [name]: checked } }))) : []),
        h("div", { class: "dialog-buttons" }, h("button", { type: "button", class: "primary", onclick: () => close() }, t("close"))),
      ].filter(Boolean);
    });
  }

  // New channels and groups

  async createChannel() {
    const values = await this.ask(t("newChannel"), [{ name: "title", label: t("channelTitle"), maxLength: 128 }], t("create"));
    if (values) await this.room.pane.guard(() => post("/api/channels", { title: values.title, as: this.room.actorId }));
  }

  showEmpty(box) {
    box.replaceChildren(h("span", { class: "avatar large", "aria-hidden": "true" }, icon("group")), h("strong", {}, t("noGroup")), h("p", {}, t("noGroupHint")),
      h("button", { type: "button", class: "start-button", onclick: () => this.createGroup() }, t("createGroup")));
  }

  async createGroup() {
    const values = await this.ask(t("createGroup"), [
      { name: "title", label: t("groupTitle"), value: t("defaultGroup"), maxLength: 128 },
      { name: "first_name", label: t("counsellor"), value: "Nadia", maxLength: 64 },
      { name: "kind", label: t("groupKind"), options: KINDS.map((kind) => [kind, t(`kind_${kind}`)]), value: KINDS[0] }], t("create"));
    if (!values) return;
    await this.room.pane.guard(async () => {
      const person = await post("/api/people", { first_name: values.first_name, language_code: language });
      const { id } = await post("/api/groups", { title: values.title, forum: values.kind === "forum", basic: values.kind === "basic", as: person.id });
      await this.room.app.readState();
      this.room.actor = String(person.id);
      await this.room.choose(id);
    });
  }
}

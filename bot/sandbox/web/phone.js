// The job seeker's phone: the private chat with the bot, of whichever person is chosen.

import { ChatPane } from "./chat.js";
import { askForm, h, icon, iconButton, openMenu } from "./dom.js";
import { post } from "./net.js";
import { language, t } from "./texts.js";

const KEPT = "sandbox-person";
const CODE = /^[\w-]{1,64}$/;
const LANGUAGES = [["fr", "Français"], ["en", "English"], ["ar", "العربية"], ["es", "Español"], ["uk", "Українська"]];

export class Phone {
  constructor(app, root) {
    this.app = app;
    this.code = ""; // what START will carry, from a link that was opened
    this.pane = new ChatPane(app, { isGroup: false });
    this.pane.onAction = (text) => this.setSubtitle(text);
    this.pane.onChange = () => this.showStart();
    this.switcher = h("select", { "aria-label": t("person"), onchange: () => this.choose(Number(this.switcher.value)) });
    this.subtitle = h("span", { class: "subtitle" });
    this.title = h("span", { class: "title" });
    this.startBox = h("div", { class: "start-box", hidden: true });
    this.startButton = h("button", { type: "button", class: "start-button", hidden: true });
    this.pane.scroll.element.append(this.startBox);
    this.pane.composer.element.before(this.startButton);
    root.replaceChildren(
      h("div", { class: "pane-tools" }, icon("person"), this.switcher, iconButton("plus", t("newPerson"), () => this.newPerson()),
        h("span", { class: "spring" }), h("button", { type: "button", class: "link-button", onclick: () => this.openInvitation() }, icon("link"), h("span", {}, t("openInvitation")))),
      h("div", { class: "device" },
        h("header", { class: "chat-head" }, h("span", { class: "avatar bob", "aria-hidden": "true" }, "B"), h("div", { class: "names" }, this.title, this.subtitle),
          iconButton("menu", t("menu"), (event) => this.openHeadMenu(event.currentTarget), { "aria-haspopup": "menu" })),
        this.pane.body));
    root.setAttribute("aria-label", t("phone"));
  }

  get person() { return this.app.state.people.find(({ id }) => id === this.personId); }

  async refresh() {
    const { people } = this.app.state;
    if (people.length === 0) {
      await post("/api/people", { first_name: "Camille", language_code: language });
      return; // the new person comes back as a change
    }
    const kept = Number(localStorage.getItem(KEPT));
    const members = new Set(this.app.state.groups.flatMap((group) => group.members.map(({ id }) => id)));
    this.showPeople(people, members);
    const seeker = people.find(({ id }) => !members.has(id)) || people[0];
    const wanted = [this.personId, kept, seeker.id].find((id) => people.some((person) => person.id === id));
    this.switcher.value = String(wanted);
    this.title.textContent = this.app.state.bot.name;
    this.setSubtitle(null);
    if (wanted !== this.personId) await this.choose(wanted);
    else this.showStart();
  }

  // The people to follow first; members of groups have a private chat with the bot too.
  showPeople(people, members) {
    const option = ({ id, first_name, last_name }) => h("option", { value: id }, [first_name, last_name].filter(Boolean).join(" "));
    const parts = [[t("followed"), people.filter(({ id }) => !members.has(id))], [t("counsellors"), people.filter(({ id }) => members.has(id))]];
    const filled = parts.filter(([, some]) => some.length);
    this.switcher.replaceChildren(...(filled.length > 1 ? filled.map(([label, some]) => h("optgroup", { label }, some.map(option))) : people.map(option)));
  }

  async choose(id) {
    if (id !== this.personId) this.code = "";
    this.personId = id;
    localStorage.setItem(KEPT, id);
    this.switcher.value = String(id);
    this.setSubtitle(null);
    await this.pane.show({ chatId: id, viewerId: id, viewerName: this.person.first_name });
  }

  setSubtitle(action) {
    this.subtitle.textContent = action || (this.person?.blocked ? t("blocked") : t("bot"));
    this.subtitle.classList.toggle("acting", Boolean(action));
  }

  // Before the first message: what the bot is for, and START. When blocked: the way back.
  showStart() {
    const { person, app } = this;
    const fresh = this.pane.messages.size === 0;
    const blocked = Boolean(person?.blocked);
    const description = app.state.bot.description[person?.language_code] || app.state.bot.description[""];
    this.startBox.hidden = !fresh;
    this.startBox.replaceChildren(h("span", { class: "avatar bob large", "aria-hidden": "true" }, "B"),
      h("strong", {}, description ? t("whatCanBotDo") : t("empty")), h("p", { dir: "auto" }, description || t("startHint")),
      ...(this.code ? [h("span", { class: "badge start-code" }, icon("link"), t("startCode", { code: this.code }))] : []));
    this.startButton.hidden = !fresh && !blocked;
    this.startButton.textContent = blocked ? t("unblock") : t("start");
    this.startButton.onclick = () => (blocked ? this.setBlocked(false) : this.sendStart(this.code));
    this.pane.composer.element.hidden = fresh || blocked;
  }

  // A link to the bot: who never wrote to it presses START first, which then carries the code.
  start(code) {
    if (this.pane.messages.size > 0) return this.sendStart(code);
    this.code = code;
    this.showStart();
    this.startButton.focus();
    return true;
  }

  sendStart(code) {
    this.code = "";
    return this.pane.guard(() => this.pane.send({ text: `/start ${code}`.trim() }));
  }

  // A link that came on paper or by another way.
  async openInvitation() {
    const values = await askForm(t("openInvitation"), [
      { name: "link", label: t("invitationLink"), placeholder: `https://t.me/${this.app.state.bot.username}?start=…`, maxLength: 300 }], { ok: t("open"), cancel: t("cancel") });
    if (!values) return;
    const link = values.link.trim();
    const opened = CODE.test(link) ? (this.start(link), true) : this.app.deepLink(link.replace(/^(?=t\.me\/)/i, "https://"));
    if (!opened) this.pane.toast(t("notThisBot"));
  }

  setBlocked(blocked) {
    return this.pane.guard(() => post(`/api/people/${this.personId}/block`, { blocked }));
  }

  openHeadMenu(anchor) {
    const blocked = this.person?.blocked;
    openMenu(anchor, [
      { icon: "person", label: t("newPerson"), run: () => this.newPerson() },
      { icon: "link", label: t("openInvitation"), run: () => this.openInvitation() },
      this.person?.started && { icon: blocked ? "check" : "close", label: blocked ? t("unblock") : t("block"), danger: !blocked, run: () => this.setBlocked(!blocked) },
    ].filter(Boolean), t("menu"));
  }

  async newPerson() {
    const values = await askForm(t("newPerson"), [
      { name: "first_name", label: t("firstName"), maxLength: 64 },
      { name: "language_code", label: t("personLanguage"), options: LANGUAGES, value: language }], { ok: t("create"), cancel: t("cancel") });
    if (!values) return;
    await this.pane.guard(async () => {
      const { id } = await post("/api/people", values);
      await this.app.readState();
      await this.choose(id);
    });
  }
}

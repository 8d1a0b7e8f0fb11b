// The page: puts the clock, the phone and the group together and keeps them current.

import { Clock } from "./clock.js";
import { h, icon } from "./dom.js";
import { Group } from "./group.js";
import { get, listen } from "./net.js";
import { Phone } from "./phone.js";
import { language, problemText, setLanguage, t } from "./texts.js";

const byId = (id) => document.getElementById(id);

class App {
  state = null;

  botId() { return this.state.bot.id; }

  botName() { return this.state.bot.name; }

  // Build everything in the page's language.
  async build() {
    this.clock?.stop();
    setLanguage(language);
    this.clock = new Clock((text) => this.phone.pane.toast(text));
    this.phone = new Phone(this, byId("phone"));
    this.group = new Group(this, byId("group"));
    this.buildTopbar();
    this.buildTabs();
    byId("offline").textContent = t("offline");
    document.title = `Bob – ${t("sandbox")}`;
    await this.readState();
  }

  buildTopbar() {
    const choice = h("select", { "aria-label": t("language"), onchange: (event) => this.changeLanguage(event.currentTarget.value) },
      [["fr", "FR"], ["en", "EN"]].map(([code, name]) => h("option", { value: code, selected: code === language }, name)));
    byId("topbar").replaceChildren(h("div", { class: "brand" }, h("img", { src: "icon.svg", alt: "" }), h("h1", {}, "Bob"), h("span", { class: "badge" }, t("sandbox"))), this.clock.element, choice);
  }

  changeLanguage(code) {
    setLanguage(code);
    this.build();
  }

  buildTabs() {
    const names = ["phone", "group"];
    const tabs = names.map((name) => h("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": name, onclick: () => this.openTab(name) },
      icon(name === "phone" ? "person" : "group"), t(name), h("span", { class: "count", hidden: true })));
    byId("tabs").replaceChildren(...tabs);
    this.openTab(byId("panes").dataset.tab);
  }

  openTab(name) {
    byId("panes").dataset.tab = name;
    for (const each of ["phone", "group"]) {
      const tab = byId(`tab-${each}`);
      tab.setAttribute("aria-selected", String(each === name));
      if (each === name) this.countTab(each, 0);
    }
    this[name].pane.scrollDown();
  }

  countTab(name, count) {
    const badge = byId(`tab-${name}`).querySelector(".count");
    badge.textContent = count;
    badge.hidden = count === 0;
  }

  // Everything that is not a message. Changes that come together are read once.
  async readState() {
    if (this.reading) {
      this.readAgain = true;
      return this.reading;
    }
    this.reading = (async () => {
      do {
        this.readAgain = false;
        this.state = await get("/api/state");
        this.clock.update(this.state.clock);
        await this.phone.refresh();
        await this.group.refresh();
      } while (this.readAgain);
    })();
    try {
      await this.reading;
    } finally {
      this.reading = null;
    }
  }

  event(event) {
    switch (event.type) {
      case "hello": case "reload": this.refreshAll(); break;
      case "clock": this.clock.update({ now: event.now }); break;
      case "jump": this.jumped(event); break;
      case "people": case "members": case "topics": case "bot": this.readState().catch(() => {}); break;
      case "commands": this.phone.pane.reload(); this.group.pane.reload(); break;
      default:
        this.phone.pane.event(event);
        this.group.event(event);
        this.countElsewhere(event);
    }
  }

  jumped(event) {
    this.clock.update(event);
    if (event.jump) return;
    this.phone.pane.arrange(); // "today" may be another day now
    this.group.pane.arrange();
  }

  async refreshAll() {
    await this.readState().catch(() => {});
    await Promise.all([this.phone.pane.reload(), this.group.pane.reload()]).catch(() => {});
  }

  // On a narrow screen: how much was said in the pane that is not shown.
  countElsewhere(event) {
    if (event.type !== "message" || !event.message.outgoing) return;
    for (const [name, id] of [["phone", this.phone.personId], ["group", this.group.groupId]]) {
      if (event.chat_id !== id || byId("panes").dataset.tab === name) continue;
      this.countTab(name, Number(byId(`tab-${name}`).querySelector(".count").textContent || 0) + 1);
    }
  }

  // Somebody's private chat with the bot.
  async openPhone(personId) {
    this.openTab("phone");
    await this.phone.choose(personId);
  }

  // A link to the bot itself starts it on the phone; true when the link was one.
  deepLink(url) {
    const found = /^(?:https?:\/\/(?:t|telegram)\.me\/|tg:\/\/resolve\?domain=)(\w+)\/?(?:[?&]start=([\w-]*))?$/i.exec(url);
    if (!found || found[1].toLowerCase() !== this.state.bot.username.toLowerCase()) return false;
    this.openTab("phone");
    this.phone.start(found[2] || "");
    return true;
  }

  connection(alive) {
    byId("offline").hidden = alive;
    document.body.dataset.live = alive;
  }
}

const app = new App();
try {
  await app.build();
} catch (problem) {
  byId("offline").hidden = false;
  byId("offline").textContent = problemText(problem);
}
listen((event) => app.event(event), (alive) => app.connection(alive));

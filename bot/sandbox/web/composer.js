// Where a person writes: text, commands, attachments, reply and edit, the bot's reply keyboard.

import { askForm, h, icon, iconButton, openDialog, openMenu } from "./dom.js";
import { authorName, summary } from "./message.js";
import { upload } from "./net.js";
import { t } from "./texts.js";

const PLACES = [
  ["48.8566,2.3522", "Paris"], ["45.7640,4.8357", "Lyon"], ["45.7372,4.7972", "Sainte-Foy-lès-Lyon"], ["43.2965,5.3698", "Marseille"],
  ["50.6292,3.0573", "Lille"], ["47.7483,-3.3700", "Lorient"], ["-20.8789,55.4481", "Saint-Denis (La Réunion)"], ["", null],
];
const ALBUM_MOST = 10;
const STICKERS = [..."👍👎👏🙏💪🎉😀😂😍🤔😢😡😱🥳🤝👋🔥⭐☕🚀💼📄📞🏠🚗🧑‍🍳🐢🌈".matchAll(/\p{Extended_Pictographic}(?:\u200D\p{Extended_Pictographic})*/gu)].map(([emoji]) => emoji);

export class Composer {
  // `pane`: send(body), edit(message, text), chatId, viewerId, threadId, guard(promise), lastOwn(), pressReply(label), addressed(command)
  constructor(pane) {
    this.pane = pane;
    this.target = null; // {kind: "reply" | "edit", message}
    this.commands = [];
    this.keyboard = null;
    this.area = h("textarea", { rows: 1, dir: "auto", placeholder: t("message"), "aria-label": t("writeTo"), enterKeyHint: "send", maxLength: 20000 });
    this.banner = h("div", { class: "target", hidden: true });
    this.suggestions = h("div", { class: "suggestions", role: "listbox", "aria-label": t("commands"), hidden: true });
    this.keys = h("div", { class: "reply-keyboard", role: "group", "aria-label": t("replyKeyboard"), hidden: true });
    this.commandButton = iconButton("menu", t("commands"), () => this.toggleCommands(), { class: "slash", hidden: true });
    this.commandButton.replaceChildren(h("span", { "aria-hidden": "true" }, "/"));
    this.keyboardButton = iconButton("keyboard", t("keyboard"), () => this.toggleKeyboard(), { hidden: true });
    this.attachButton = iconButton("attach", t("attach"), (event) => this.openAttach(event.currentTarget), { "aria-haspopup": "menu" });
    this.sendButton = iconButton("send", t("send"), () => this.submit(), { class: "send" });
    this.element = h("div", { class: "composer" }, this.suggestions, this.banner,
      h("div", { class: "line" }, this.commandButton, h("div", { class: "box" }, this.area, this.keyboardButton, this.attachButton), this.sendButton), this.keys);
    this.area.addEventListener("input", () => this.changed());
    this.area.addEventListener("keydown", (event) => this.key(event));
    this.changed();
  }

  changed() {
    this.fit();
    this.sendButton.classList.toggle("ready", this.area.value.trim() !== "");
    const typed = /^\/(\w*)$/.exec(this.area.value);
    this.suggest(typed ? this.commands.filter(({ command }) => command.startsWith(typed[1].toLowerCase())) : []);
  }

  fit() {
    this.area.style.height = "";
    if (this.area.value) this.area.style.height = `${Math.min(this.area.scrollHeight, 160)}px`;
  }

  key(event) {
    const open = !this.suggestions.hidden;
    if (event.key === "Escape") {
      if (open) this.suggest([]);
      else this.cancel();
    } else if (open && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      this.moveChoice(event.key === "ArrowDown" ? 1 : -1);
    } else if (open && event.key === "Tab" && !event.shiftKey) {
      event.preventDefault();
      this.area.value = `${this.pane.addressed(`/${this.chosen().dataset.command}`)} `;
      this.changed();
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (open && this.moved) this.area.value = this.pane.addressed(`/${this.chosen().dataset.command}`);
      this.submit();
    } else if (event.key === "ArrowUp" && this.area.value === "") {
      const own = this.pane.lastOwn();
      if (own) { event.preventDefault(); this.edit(own); }
    }
  }

  async submit() {
    const text = this.area.value;
    const { target } = this;
    const takesCaptionAway = target?.kind === "edit" && !("text" in target.message);
    if (!text.trim() && !takesCaptionAway) return;
    this.clear();
    const done = target?.kind === "edit"
      ? await this.pane.guard(() => this.pane.edit(target.message, text))
      : await this.pane.guard(() => this.pane.send({ text, reply_to: target?.message.message_id }));
    if (!done && !this.area.value) { this.area.value = text; this.changed(); }
  }

  clear() {
    this.area.value = "";
    this.clearTarget();
    this.changed();
  }

  // Reply and edit

  reply(message, { placeholder, focus = true, onCancel } = {}) {
    this.setTarget("reply", message, t("replyTo", { name: authorName(message) }), { focus, onCancel });
    if (placeholder) this.area.placeholder = placeholder;
  }

  edit(message) {
    this.area.value = message.text ?? message.caption ?? "";
    this.setTarget("edit", message, t("editing"));
    this.changed();
  }

  setTarget(kind, message, title, { focus = true, onCancel } = {}) {
    this.target = { kind, message, onCancel };
    this.banner.replaceChildren(h("div", {}, h("strong", { dir: "auto" }, title), h("span", { dir: "auto" }, summary(message))),
      iconButton("close", t("cancel"), () => this.cancel()));
    this.banner.hidden = false;
    if (focus) this.area.focus();
  }

  // The person gives up the answer or the edit.
  cancel() {
    const { target } = this;
    if (target?.kind === "edit") this.clear();
    else this.clearTarget();
    target?.onCancel?.();
  }

  clearTarget() {
    this.target = null;
    this.banner.hidden = true;
    this.area.placeholder = this.keyboard?.input_field_placeholder || t("message");
  }

  // Commands

  setCommands(commands) {
    this.commands = commands;
    this.commandButton.hidden = commands.length === 0;
  }

  toggleCommands() {
    if (this.suggestions.hidden) {
      this.suggest(this.commands);
      this.area.focus();
    } else {
      this.suggest([]);
    }
  }

  suggest(commands) {
    this.moved = false;
    this.suggestions.hidden = commands.length === 0;
    this.suggestions.replaceChildren(...commands.map(({ command, description }, index) =>
      h("button", { type: "button", role: "option", tabIndex: -1, dataset: { command }, "aria-selected": String(index === 0), onclick: () => this.run(this.pane.addressed(`/${command}`)) },
        h("strong", {}, `/${command}`), h("span", { dir: "auto" }, description))));
  }

  chosen() { return this.suggestions.querySelector('[aria-selected="true"]'); }

  moveChoice(step) {
    const all = [...this.suggestions.children];
    const next = all[(all.indexOf(this.chosen()) + step + all.length) % all.length];
    all.forEach((each) => each.setAttribute("aria-selected", String(each === next)));
    next.scrollIntoView({ block: "nearest" });
    this.moved = true;
  }

  run(command) {
    this.clear();
    this.pane.guard(() => this.pane.send({ text: command }));
  }

  // Reply keyboard

  setKeyboard(keyboard, { show = true } = {}) {
    this.keyboard = keyboard;
    this.keyboardButton.hidden = !keyboard;
    this.keys.hidden = !keyboard || !show;
    this.keyboardButton.setAttribute("aria-expanded", String(!this.keys.hidden));
    if (!this.target) this.area.placeholder = keyboard?.input_field_placeholder || t("message");
    this.keys.replaceChildren(...(keyboard?.keyboard || []).map((row) => h("div", { class: "button-row" }, row.map((button) => this.replyButton(button)))));
  }

  replyButton(button) {
    const press = () => {
      if (this.keyboard.one_time_keyboard) this.setKeyboard(this.keyboard, { show: false });
      this.pane.guard(() => this.pane.pressReply(button.text));
    };
    const kind = button.request_contact ? "person" : button.request_location ? "place" : null;
    return h("button", { type: "button", class: `reply-button ${button.style || ""}`, onclick: press }, kind ? icon(kind) : null, h("span", { dir: "auto" }, button.text));
  }

  toggleKeyboard() { this.setKeyboard(this.keyboard, { show: this.keys.hidden }); }

  // Attachments

  openAttach(anchor) {
    openMenu(anchor, [
      { icon: "photo", label: t("photo"), run: () => this.pickFile("photo", "image/png,image/jpeg,image/gif") },
      { icon: "file", label: t("document"), run: () => this.pickFile("document", "") },
      { icon: "place", label: t("location"), run: () => this.sendPlace() },
      { icon: "person", label: t("contact"), run: () => this.sendContact() },
      { icon: "voice", label: t("voice"), run: () => this.sendVoice() },
      { icon: "smile", label: t("sticker"), run: () => this.sendSticker() },
      { icon: "forward", label: t("forwarded"), run: () => this.sendForwarded() },
    ], t("attach"));
  }

  pickFile(kind, accept) {
    const input = h("input", { type: "file", accept, multiple: true, class: "offscreen", "aria-label": t(kind) });
    input.addEventListener("change", async () => {
      const files = [...input.files];
      input.remove();
      if (files.length) await this.sendFiles(kind, files);
    });
    input.addEventListener("cancel", () => input.remove());
    this.element.append(input);
    input.click();
  }

  // Several files go out as albums of ten at most; the first has the caption.
  async sendFiles(kind, files) {
    const { pane } = this;
    const where = { as: pane.viewerId, kind, thread_id: pane.threadId, reply_to: this.target?.message.message_id, ...pane.speaker };
    const first = { caption: this.area.value.trim() };
    this.clear();
    await pane.guard(async () => {
      for (let start = 0; start < files.length; start += ALBUM_MOST) {
        const together = files.slice(start, start + ALBUM_MOST);
        const album = together.length > 1 ? `${Date.now()}${start}` : undefined;
        for (const [index, file] of together.entries()) {
          await upload(pane.chatId, { ...where, name: file.name, album, ...(start + index === 0 ? first : {}) }, file);
        }
      }
    });
  }

  async ask(title, fields) { return askForm(title, fields, { ok: t("send"), cancel: t("cancel") }); }

  attach(body) {
    const reply_to = this.target?.message.message_id;
    this.clearTarget();
    return this.pane.guard(() => this.pane.send({ ...body, reply_to }));
  }

  async sendPlace() {
    const choice = await this.ask(t("location"), [{ name: "place", label: t("place"), options: PLACES.map(([key, name]) => [key, name || t("otherPlace")]), value: PLACES[0][0] }]);
    if (!choice) return;
    let [latitude, longitude] = choice.place.split(",");
    if (!choice.place) {
      const typed = await this.ask(t("location"), [
        { name: "latitude", label: t("latitude"), type: "number", step: "any", min: -90, max: 90, value: "48.85" },
        { name: "longitude", label: t("longitude"), type: "number", step: "any", min: -180, max: 180, value: "2.35" }]);
      if (!typed) return;
      ({ latitude, longitude } = typed);
    }
    this.attach({ kind: "location", latitude: Number(latitude), longitude: Number(longitude) });
  }

  async sendContact() {
    const values = await this.ask(t("contact"), [
      { name: "first_name", label: t("firstName"), value: this.pane.viewerName },
      { name: "phone", label: t("phoneNumber"), type: "tel", value: "+33 6 12 34 56 78" }]);
    if (values) this.attach({ kind: "contact", ...values, own: values.first_name === this.pane.viewerName });
  }

  async sendVoice() {
    const values = await this.ask(t("voice"), [{ name: "seconds", label: t("seconds"), type: "number", min: 1, max: 600, value: "7" }]);
    if (values) this.attach({ kind: "voice", seconds: Number(values.seconds) });
  }

  async sendForwarded() {
    const values = await this.ask(t("forwarded"), [{ name: "author", label: t("author"), value: "Camille" }, { name: "text", label: t("text"), type: "textarea" }]);
    if (values) this.attach({ kind: "forwarded", ...values });
  }

  async sendSticker() {
    const emoji = await openDialog(t("sticker"), (close) => h("div", { class: "stickers" }, STICKERS.map((each) => h("button", { type: "button", onclick: () => close(each) }, each))));
    if (emoji) this.attach({ kind: "sticker", emoji });
  }
}

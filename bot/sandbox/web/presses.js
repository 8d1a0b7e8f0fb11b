// Pressing inline buttons and showing what the bot answers.

import { h, openDialog } from "./dom.js";
import { t } from "./texts.js";

const ANSWER_MS = 15_000;
const KEPT = 100;

export class Presses {
  // `pane`: guard, gesture, toast, app (see chat.js).
  constructor(pane) {
    this.pane = pane;
    this.early = new Map(); // query id -> answer that came before the page knew the query
    this.waiting = new Map(); // query id -> function of the answer
  }

  // The button turns until the answer has come.
  async press(message, button, element) {
    if (element.classList.contains("busy")) return;
    element.classList.add("busy");
    element.setAttribute("aria-busy", "true");
    const done = () => {
      element.classList.remove("busy");
      element.removeAttribute("aria-busy");
    };
    const worked = await this.pane.guard(async () => {
      const { query_id: query } = await this.pane.gesture("press", { message_id: message.message_id, data: button.callback_data });
      const answer = await this.answerOf(query);
      done();
      this.show(answer);
    });
    if (!worked) done();
  }

  answerOf(query) {
    if (this.early.has(query)) return this.early.get(query);
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.waiting.delete(query);
        resolve({ text: t("noAnswer") });
      }, ANSWER_MS);
      this.waiting.set(query, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
    });
  }

  answered(event) {
    const resolve = this.waiting.get(event.query_id);
    this.waiting.delete(event.query_id);
    if (resolve) resolve(event);
    else this.early.set(event.query_id, event);
    if (this.early.size > KEPT) this.early.delete(this.early.keys().next().value);
  }

  show({ text, show_alert: alert, url }) {
    const { app } = this.pane;
    if (url && !app.deepLink(url)) open(url, "_blank", "noopener");
    if (!text) return;
    if (!alert) this.pane.toast(text);
    else openDialog(app.botName(), (close) => [h("p", { dir: "auto" }, text), h("div", { class: "dialog-buttons" }, h("button", { type: "button", class: "primary", onclick: () => close() }, t("ok")))]);
  }
}

// The bar of what is pinned: one line, that opens to the whole text and its buttons.

import { h, icon, iconButton } from "./dom.js";
import { renderInside, summary } from "./message.js";
import { t } from "./texts.js";

export class Pins {
  // `pane`: jump(id), viewerId, isGroup, actions (see chat.js).
  constructor(pane) {
    this.pane = pane;
    this.pinned = [];
    this.at = 0; // which of them the line shows
    this.line = h("button", { type: "button", class: "pin-line", onclick: () => this.next() });
    this.toggle = iconButton("down", t("showPinned"), () => this.open(this.card.hidden), { "aria-expanded": "false" });
    this.card = h("div", { class: "pin-card", hidden: true });
    this.element = h("div", { class: "pins", hidden: true }, h("div", { class: "pin-head" }, this.line, this.toggle), this.card);
  }

  // Oldest first, as the server gives them; the newest is shown.
  show(pinned) {
    const known = this.pinned[this.at]?.message_id;
    const same = pinned.findIndex(({ message_id: id }) => id === known);
    const isNew = pinned.at(-1)?.message_id !== this.pinned.at(-1)?.message_id;
    this.pinned = pinned;
    this.at = same >= 0 && !isNew ? same : pinned.length - 1;
    this.element.hidden = pinned.length === 0;
    if (pinned.length === 0) this.open(false);
    else this.draw();
  }

  draw() {
    const message = this.pinned[this.at];
    const place = this.pinned.length > 1 ? ` ${this.at + 1}/${this.pinned.length}` : "";
    this.line.replaceChildren(icon("pin"), h("span", {}, h("strong", {}, t("pinned"), place), h("span", { dir: "auto" }, summary(message))));
    if (!this.card.hidden) this.card.replaceChildren(...renderInside(message, this.pane));
  }

  // Go to the message; the next press goes to the one pinned before it.
  next() {
    this.pane.jump(this.pinned[this.at].message_id);
    this.at = (this.at - 1 + this.pinned.length) % this.pinned.length;
    this.draw();
  }

  open(opened) {
    this.card.hidden = !opened;
    this.element.classList.toggle("opened", opened);
    this.toggle.setAttribute("aria-expanded", String(opened));
    if (opened) this.draw();
    else this.card.replaceChildren();
  }
}

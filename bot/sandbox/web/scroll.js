// The scrolling list of a chat: it stays at the bottom unless the reader has gone up.

import { h, icon } from "./dom.js";
import { t } from "./texts.js";

const NEAR_BOTTOM = 80; // pixels
const DAY_MS = 900; // how long the day stays over the text after scrolling

export class Scroll {
  // `contents`: the elements that scroll; `list`: the one of them that holds the messages.
  constructor(contents, list) {
    this.list = list;
    this.element = h("div", { class: "scroller", tabIndex: 0 }, contents);
    this.toBottom = h("button", { type: "button", class: "to-bottom", hidden: true, "aria-label": t("toBottom"), onclick: () => this.down(true) },
      this.unreadLabel = h("span", {}), icon("down"));
    this.unread = 0;
    this.stuck = true; // the reader is at the bottom, and stays there
    this.movedByPage = false; // the next scroll event is not the reader's
    this.element.addEventListener("scroll", () => this.scrolled());
    for (const each of [this.element, list]) new ResizeObserver(() => this.follow()).observe(each);
  }

  // Show the newest, if that is what the reader looks at.
  follow() { if (this.stuck) this.down(); }

  scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
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
      this.element.classList.add("scrolling");
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.element.classList.remove("scrolling"), DAY_MS);
    }
    this.markDays();
  }

  markDays() {
    for (const day of this.list.querySelectorAll(".day")) {
      const next = day.nextElementSibling?.getBoundingClientRect().top ?? Infinity;
      day.classList.toggle("stuck", next < day.getBoundingClientRect().bottom - 2);
    }
  }

  down(smooth = false) {
    this.stuck = true;
    this.movedByPage = true;
    this.element.scrollTo({ top: this.element.scrollHeight, behavior: smooth ? "smooth" : "instant" });
    this.setUnread(0);
    if (!smooth) this.toBottom.hidden = true;
    this.markDays();
  }

  // Run something that adds to the top, without moving what is read.
  keepingPlace(run) {
    const fromEnd = this.element.scrollHeight - this.element.scrollTop;
    run();
    this.element.scrollTop = this.element.scrollHeight - fromEnd;
  }

  // `far`: there is more between than a reader could follow.
  to(element, far) {
    this.stuck = false;
    element.scrollIntoView({ block: "center", behavior: far ? "instant" : "smooth" });
    element.classList.remove("flash");
    requestAnimationFrame(() => element.classList.add("flash"));
    element.focus({ preventScroll: true });
  }

  setUnread(count) {
    this.unread = count;
    this.unreadLabel.textContent = count ? `${count} · ${t("newMessages")}` : "";
    if (count) this.toBottom.hidden = false;
  }
}

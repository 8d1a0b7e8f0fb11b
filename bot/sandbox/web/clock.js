// The sandbox's clock and its buttons.

import { askForm, h, iconButton, openMenu } from "./dom.js";
import { post } from "./net.js";
import { problemText, t } from "./texts.js";
import { fullDate, hour, now, setNow, shortDate, wallClock } from "./times.js";

export class Clock {
  constructor(onProblem) {
    this.onProblem = onProblem;
    this.time = h("time", { class: "clock-time" });
    this.date = h("span", { class: "clock-date" });
    this.moves = [
      { label: t("plusHour"), run: () => this.move({ plus_minutes: 60 }) },
      { label: t("plusDay"), run: () => this.move({ plus_minutes: 1440 }) },
      { label: t("tomorrow"), run: () => this.move({ tomorrow: "09:00" }) },
      { label: t("custom"), run: () => this.choose() },
    ];
    this.buttons = this.moves.map(({ label, run }) => h("button", { type: "button", class: "clock-button", onclick: run }, label));
    this.compact = iconButton("clock", t("clockMenu"), (event) => openMenu(event.currentTarget, this.moves.map((each) => ({ ...each, icon: "clock" })), t("clockMenu")), { class: "clock-compact", "aria-haspopup": "menu" });
    this.bar = h("progress", { class: "clock-bar", max: 1, value: 0, hidden: true, "aria-label": t("moving") });
    this.element = h("div", { class: "clock", role: "group", "aria-label": t("clock") },
      h("div", { class: "clock-face" }, this.time, this.date), h("div", { class: "clock-buttons" }, this.buttons), this.compact, this.bar);
    this.timer = setInterval(() => this.tick(), 1000);
  }

  stop() { clearInterval(this.timer); }

  // `state`: {now, zone?, jump?: {from, to} | null}
  update(state) {
    setNow(state.now, state.zone);
    if ("jump" in state) this.jump = state.jump;
    const moving = Boolean(this.jump);
    this.element.classList.toggle("moving", moving);
    this.bar.hidden = !moving;
    [...this.buttons, this.compact].forEach((button) => { button.disabled = moving; });
    this.tick();
  }

  tick() {
    const instant = now();
    this.time.textContent = hour(instant);
    this.time.dateTime = new Date(instant).toISOString();
    this.date.textContent = this.jump ? `${shortDate(instant)} · ${t("moving")}` : shortDate(instant);
    this.date.title = fullDate(instant);
    if (this.jump) {
      const [from, to] = [Date.parse(this.jump.from), Date.parse(this.jump.to)];
      this.bar.value = Math.min(1, Math.max(0.02, (instant - from) / (to - from)));
    }
  }

  async move(request) {
    try {
      await post("/api/clock", request);
    } catch (problem) {
      this.onProblem(problemText(problem));
    }
  }

  async choose() {
    const current = wallClock(now());
    const values = await askForm(t("clockMenu"), [{ name: "to", label: t("moveTo"), type: "datetime-local", value: current, min: current }], { ok: t("go"), cancel: t("cancel") });
    if (values) await this.move({ to: values.to });
  }
}


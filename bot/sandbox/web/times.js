// Dates and hours as people read them, in the sandbox's zone.

import { language, t } from "./texts.js";

let zone = "Europe/Paris";
let serverNow = Date.now();
let readAt = performance.now();

export function setNow(iso, zoneName) {
  serverNow = Date.parse(iso);
  readAt = performance.now();
  if (zoneName) zone = zoneName;
}

export const now = () => serverNow + (performance.now() - readAt);

const format = (instant, options) => new Intl.DateTimeFormat(language, { timeZone: zone, ...options }).format(instant);

export const hour = (instant) => format(instant, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
export const fullDate = (instant) => format(instant, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
export const shortDate = (instant) => format(instant, { weekday: "short", day: "numeric", month: "short", year: "numeric" });

// The day of an instant, as a key that can be compared.
export const dayKey = (instant) => new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(instant);

export function dayName(instant) {
  const key = dayKey(instant);
  if (key === dayKey(now())) return t("today");
  if (key === dayKey(now() - 86_400_000)) return t("yesterday");
  const sameYear = key.slice(0, 4) === dayKey(now()).slice(0, 4);
  return format(instant, { weekday: "long", day: "numeric", month: "long", year: sameYear ? undefined : "numeric" });
}

// For an <input type="datetime-local">: the wall clock of the sandbox's zone.
export const wallClock = (instant) => `${dayKey(instant)}T${hour(instant)}`;

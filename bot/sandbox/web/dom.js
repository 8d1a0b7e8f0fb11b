// Small helpers to build the page. Text only ever becomes text nodes.

export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") element.className = value;
    else if (name === "dataset") Object.assign(element.dataset, value);
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && !name.startsWith("aria") && name !== "list" && name !== "role") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";
const PATHS = {
  send: "M3 20.5 22 12 3 3.5 3 10.2 15.5 12 3 13.8z",
  attach: "M16.5 6.5v9.8a4.5 4.5 0 0 1-9 0V5.8a3 3 0 0 1 6 0v9.7a1.5 1.5 0 0 1-3 0V7H9v8.5a3 3 0 0 0 6 0V5.8a4.5 4.5 0 0 0-9 0v10.5a6 6 0 0 0 12 0V6.5z",
  menu: "M12 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4m0 6a2 2 0 1 0 0-4 2 2 0 0 0 0 4m0 6a2 2 0 1 0 0-4 2 2 0 0 0 0 4",
  plus: "M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z",
  down: "M12 16.2 4.8 9l1.4-1.4 5.8 5.7 5.8-5.7L19.2 9z",
  close: "m6.4 5 5.6 5.6L17.6 5 19 6.4 13.4 12l5.6 5.6-1.4 1.4-5.6-5.6L6.4 19 5 17.6l5.6-5.6L5 6.4z",
  keyboard: "M4 6h16a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V8c0-1.1.9-2 2-2m1 3v2h2V9zm4 0v2h2V9zm4 0v2h2V9zm4 0v2h2V9zM7 13v2h10v-2z",
  pin: "M15 3v2h-1v5.5l3 3V16h-4v5h-2v-5H7v-2.5l3-3V5H9V3z",
  copy: "M8 3h11a2 2 0 0 1 2 2v11h-2V5H8zM5 7h9a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V9c0-1.1.9-2 2-2m0 2v10h9V9z",
  open: "M7 5h12v12h-2V8.4L6.4 19 5 17.6 15.6 7H7z",
  check: "m9 16.2-4.2-4.2L3.4 13.4 9 19 21 7l-1.4-1.4z",
  forward: "M14 5l7 7-7 7v-4.2C8.5 14.8 5 16.5 3 20c.8-6 4-10.2 11-11z",
  reply: "M10 5l-7 7 7 7v-4.2c5.5 0 9 1.7 11 5.2-.8-6-4-10.2-11-11z",
  edit: "M3 17.2V21h3.8L17.8 9.9l-3.8-3.8zM20.7 7a1 1 0 0 0 0-1.4l-2.3-2.3a1 1 0 0 0-1.4 0l-1.8 1.8L19 8.9z",
  bin: "M6 19a2 2 0 0 0 2 2h8a2 2 0 0 0 2-2V7H6zM19 4h-3.5l-1-1h-5l-1 1H5v2h14z",
  group: "M8.5 5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7m7.5 1a3 3 0 1 1 0 6 3 3 0 0 1 0-6m-7.5 8c3.9 0 7 1.8 7 4v1.5h-14V18c0-2.2 3.1-4 7-4m7.5 0c3.3 0 6 1.5 6 3.5V19h-5v-1c0-1.5-.8-2.8-2-3.9.3-.1.7-.1 1-.1",
  clock: "M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20m0 2a8 8 0 1 0 0 16 8 8 0 0 0 0-16m1 3v4.6l3.2 3.2-1.4 1.4L11 12.4V7z",
  place: "M12 2a7 7 0 0 1 7 7c0 5-7 13-7 13S5 14 5 9a7 7 0 0 1 7-7m0 4.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5",
  person: "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8m0 10c4.4 0 8 2 8 4.5V20H4v-1.5C4 16 7.6 14 12 14",
  photo: "M5 4h14a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V6c0-1.1.9-2 2-2m0 13h14l-4.5-6-3.5 4.5-2.5-3z",
  file: "M6 2h8l5 5v13a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V4c0-1.1.9-2 2-2m7 1.5V8h4.5z",
  voice: "M12 3a3 3 0 0 1 3 3v6a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3m-7 9h2a5 5 0 0 0 10 0h2a7 7 0 0 1-6 6.9V22h-2v-3.1A7 7 0 0 1 5 12",
  smile: "M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20M8.5 8a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3m7 0a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3M7 14c.8 2.3 2.7 3.8 5 3.8s4.2-1.5 5-3.8z",
  play: "M8 5v14l11-7z",
  link: "M3.9 12A3.1 3.1 0 0 1 7 8.9h4V7H7a5 5 0 0 0 0 10h4v-1.9H7A3.1 3.1 0 0 1 3.9 12M8 13h8v-2H8zm9-6h-4v1.9h4a3.1 3.1 0 0 1 0 6.2h-4V17h4a5 5 0 0 0 0-10",
  lock: "M18 8h-1V6A5 5 0 0 0 7 6v2H6a2 2 0 0 0-2 2v10a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2V10a2 2 0 0 0-2-2M9 6a3 3 0 0 1 6 0v2H9z",
  warn: "M1 21h22L12 2zm12-3h-2v-2h2zm0-4h-2v-4h2z",
  shield: "M12 2 4 5v6c0 5 3.400 9.700 8 11 4.600-1.300 8-6 8-11V5z",
};

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

export function iconButton(name, label, onclick, extra = {}) {
  return h("button", { type: "button", title: label, "aria-label": label, onclick, ...extra, class: `icon-button ${extra.class || ""}` }, icon(name));
}

// A menu that opens beside `anchor`; items: {icon, label, run, danger}. Arrow keys move, Escape closes.
export function openMenu(anchor, items, label) {
  const buttons = items.map((item) =>
    h("button", { type: "button", role: "menuitem", class: item.danger ? "danger" : "", onclick: () => { menu.hidePopover(); item.run(); } },
      item.icon ? icon(item.icon) : null, h("span", {}, item.label)));
  const menu = h("div", { class: "menu", popover: "auto", role: "menu", "aria-label": label }, buttons);
  menu.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const index = buttons.indexOf(document.activeElement);
    buttons[(index + step + buttons.length) % buttons.length].focus();
  });
  menu.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    menu.remove();
    anchor.setAttribute("aria-expanded", "false");
  });
  document.body.append(menu);
  menu.showPopover();
  place(menu, anchor);
  anchor.setAttribute("aria-expanded", "true");
  buttons[0]?.focus();
  return menu;
}

function place(menu, anchor) {
  const box = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const left = Math.min(Math.max(8, box.right - width), innerWidth - width - 8);
  const below = box.bottom + 6 + height < innerHeight;
  menu.style.left = `${Math.max(8, left)}px`;
  menu.style.top = `${below ? box.bottom + 6 : Math.max(8, box.top - height - 6)}px`;
}

// Hold and resolve a modal dialog; the content gets a function that closes it with a value.
export function openDialog(title, build) {
  return new Promise((resolve) => {
    let value = null;
    const dialog = h("dialog", { class: "dialog", "aria-label": title });
    const close = (result) => { value = result; dialog.close(); };
    dialog.append(h("h2", {}, title), ...[build(close)].flat());
    dialog.addEventListener("close", () => { dialog.remove(); resolve(value); });
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    document.body.append(dialog);
    dialog.showModal();
  });
}

// Ask for a few values; fields: {name, label, value, type, options, required}. Null when given up.
export function askForm(title, fields, { ok, cancel }) {
  return openDialog(title, (close) => {
    const inputs = fields.map((field) => formField(field));
    const form = h("form", { method: "dialog" },
      inputs.map(({ row }) => row),
      h("div", { class: "dialog-buttons" },
        h("button", { type: "button", class: "plain", onclick: () => close(null) }, cancel),
        h("button", { type: "submit", class: "primary" }, ok)));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      close(Object.fromEntries(inputs.map(({ input, name }) => [name, input.type === "checkbox" ? input.checked : input.value])));
    });
    queueMicrotask(() => inputs[0]?.input.focus());
    return form;
  });
}

function formField({ name, label, value = "", type = "text", options, required = true, ...rest }) {
  let input;
  if (options) {
    input = h("select", { name }, options.map(([key, text]) => h("option", { value: key, selected: key === value }, text)));
  } else if (type === "textarea") {
    input = h("textarea", { name, required, rows: 4, value });
  } else if (type === "checkbox") {
    input = h("input", { name, type, checked: Boolean(value) });
  } else {
    input = h("input", { name, type, required, value, autocomplete: "off", ...rest });
  }
  return { name, input, row: h("label", { class: `field ${type}` }, h("span", {}, label), input) };
}

export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = h("textarea", { value: text, class: "offscreen" });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}

// What can be done to one message: answer, copy, react, forward, edit, delete.

import { copyText, h, openDialog, openMenu } from "./dom.js";
import { post } from "./net.js";
import { t } from "./texts.js";

const REACTIONS = [..."👍❤🔥👏🎉🤔😢🙏👌👀✍🤝💯😁🤗🤷"].filter((each) => each.trim());

export class MessageMenu {
  constructor(pane) {
    this.pane = pane;
  }

  open(message, anchor) {
    const { pane } = this;
    const text = message.text ?? message.caption;
    openMenu(anchor, [
      pane.canWrite() && { icon: "reply", label: t("reply"), run: () => pane.composer.reply(message) },
      text && { icon: "copy", label: t("copyText"), run: async () => { await copyText(text); pane.toast(t("copied")); } },
      { icon: "smile", label: t("react"), run: () => this.react(message) },
      !message.has_protected_content && { icon: "forward", label: t("forward"), run: () => this.forward(message) },
      pane.canEdit(message) && { icon: "edit", label: t("edit"), run: () => pane.composer.edit(message) },
      pane.canDelete(message) && { icon: "bin", label: t("delete"), danger: true, run: () => pane.guard(() => pane.gesture("delete", { message_id: message.message_id })) },
    ].filter(Boolean), t("messageMenu"));
  }

  async react(message) {
    const emoji = await openDialog(t("react"), (close) => h("div", { class: "stickers small" }, REACTIONS.map((each) => h("button", { type: "button", onclick: () => close(each) }, each))));
    if (emoji) this.toggleReaction(message, emoji);
  }

  // The same emoji again takes the reaction back.
  toggleReaction(message, emoji) {
    const { pane } = this;
    const same = message.reactions?.[pane.reactsAs()]?.[0]?.emoji === emoji;
    return pane.guard(() => pane.gesture("react", { message_id: message.message_id, emoji: same ? null : emoji, anonymous: pane.speaker.anonymous }));
  }

  // An album is forwarded whole.
  async forward(message) {
    const { pane } = this;
    const target = await openDialog(t("forwardTo"), (close) => h("div", { class: "choices" }, this.places().map((place) =>
      h("button", { type: "button", dir: "auto", onclick: () => close(place) }, place.name))));
    if (!target) return;
    const group = message.media_group_id;
    const together = [...pane.messages.values()].map((each) => each.message).filter((each) => (group ? each.media_group_id === group : each.message_id === message.message_id));
    const ids = together.map(({ message_id: id }) => id).sort((a, b) => a - b);
    const done = await pane.guard(() => post(`/api/chats/${target.chatId}/forward`, { as: pane.viewerId, from_chat_id: pane.chatId, message_ids: ids, thread_id: target.threadId }));
    if (done) pane.toast(t("forwardDone", { name: target.name }));
  }

  // The private chat with the bot, and the groups and topics where the person is.
  places() {
    const { app, viewerId } = this.pane;
    const groups = app.state.groups.filter(({ members }) => members.some(({ id }) => id === viewerId));
    return [{ chatId: viewerId, name: app.botName() }, ...groups.flatMap((group) => [
      { chatId: group.id, name: group.is_forum ? `${group.title} › ${t("general")}` : group.title },
      ...group.topics.map(({ id, name }) => ({ chatId: group.id, threadId: id, name: `${group.title} › ${name}` }))])];
  }
}

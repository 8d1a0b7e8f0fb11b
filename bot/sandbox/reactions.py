"""The emoji that Telegram accepts as reactions (ReactionTypeEmoji)."""

from __future__ import annotations

REACTIONS = frozenset(
    """
    ❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢
    🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳
    ❤\u200d🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓
    🍾 💋 🖕 😈 😴 😭 🤓 👻 👨\u200d💻 👀 🎃 🙈
    😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿
    🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷\u200d♂ 🤷 🤷\u200d♀
    😡
    """.split()
)


def is_reaction(emoji: str) -> bool:
    """With or without the sign that asks for a coloured picture."""
    return emoji.replace("\ufe0f", "") in REACTIONS

"""`/mesdonnees`: what is kept, the export, the consent, and the deletion, at once and for real."""

from __future__ import annotations

from bot.dialogs.effects import DeletePerson, DropPlan, ExportData, RevokeConsent
from bot.dialogs.machine import Dialogue, Row, Step
from bot.dialogs.replies import Reply
from bot.dialogs.turn import Turn


def _menu(step: Step) -> None:
    turn, voice = step.turn, step.turn.voice
    export = DIALOGUE.button(voice("mydata.export"), "export", "menu")
    revoke = DIALOGUE.button(voice("mydata.revoke"), "revoke", "menu")
    delete = DIALOGUE.button(voice("mydata.delete"), "delete", "menu")
    rows = ((export,), (revoke,), (delete,)) if "use" in turn.person.consents else ((export,), (delete,))
    text = voice(
        "mydata.kept",
        operator=turn.world.operator,
        contact=turn.world.contact,
        privacy=turn.world.privacy_url,
    )
    turn.say(Reply(text, title=voice("mydata.title"), buttons=rows))


def _export(step: Step) -> None:
    step.turn.do(ExportData(step.turn.voice("mydata.export_caption")))


def _revoke(step: Step) -> None:
    """The consent ends: nothing more is sent nor asked; the data can go at once."""
    turn, voice = step.turn, step.turn.voice
    turn.do(RevokeConsent("use"))
    turn.person.consents -= {"use"}
    turn.person.status = "stopped"
    if turn.open_action is not None:
        turn.do(DropPlan(turn.open_action.id))
    delete = DIALOGUE.button(voice("mydata.delete"), "delete", "menu")
    turn.say(Reply(voice("mydata.revoked"), buttons=((delete,),)))


def _confirm(step: Step) -> None:
    voice = step.turn.voice
    yes = DIALOGUE.button(voice("mydata.delete_yes"), "yes", "confirming")
    no = DIALOGUE.button(voice("mydata.delete_no"), "no", "confirming")
    step.turn.say(Reply(voice("mydata.delete_sure"), buttons=((yes,), (no,))))


def _delete(step: Step) -> None:
    step.turn.tell("mydata.deleted")
    step.turn.do(DeletePerson())


def _kept(step: Step) -> None:
    step.turn.say(Reply(step.turn.voice("mydata.not_deleted"), replace=True))


DIALOGUE = Dialogue(
    "mydata",
    states={"menu": (_menu,), "confirming": (_confirm,), "set": ()},
    rows=(
        Row("export", ("menu", "set"), "set", (), (_export,)),
        Row("revoke", ("menu", "set"), "set", (), (_revoke,)),
        Row("delete", ("menu", "set"), "confirming"),
        Row("yes", "confirming", "set", (), (_delete,)),
        Row("no", "confirming", "set", (), (_kept,)),
    ),
    initial="set",
)


def show(turn: Turn) -> None:
    """The message of `/mesdonnees`; typed words go on belonging to the conversation that had them."""
    focus = turn.person.focus
    DIALOGUE.enter(turn, "menu")
    turn.person.focus = focus


def ask_delete(turn: Turn) -> None:
    """Ask for the confirmation of a deletion."""
    focus = turn.person.focus
    DIALOGUE.enter(turn, "confirming")
    turn.person.focus = focus


def press(turn: Turn, value: str) -> bool:
    """A button of these messages; False when it fits nothing."""
    return value in ("export", "revoke", "delete", "yes", "no") and DIALOGUE.fire(turn, value)

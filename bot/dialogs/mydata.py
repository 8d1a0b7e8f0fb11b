"""`/mesdonnees`: what is kept, the export, the consent, and the deletion, at once and for real."""

from __future__ import annotations

from bot.dialogs import access, counsellor
from bot.dialogs.effects import DeletePerson, DropPlan, ExportData, GiveConsent, RevokeConsent
from bot.dialogs.machine import Dialogue, Row, Step
from bot.dialogs.replies import Reply
from bot.dialogs.turn import Turn


def show(turn: Turn) -> None:
    """The message of `/mesdonnees`; typed words go on belonging to the conversation that had them."""
    DIALOGUE.enter(turn, "menu", take_focus=False)


def ask_delete(turn: Turn) -> None:
    """Ask for the confirmation of a deletion."""
    DIALOGUE.enter(turn, "confirming", take_focus=False)


def _menu(step: Step) -> None:
    turn, voice, world = step.turn, step.turn.voice, step.turn.world
    agreed = turn.person.consents
    research = "research_stop" if "research" in agreed else "research"
    verbs = ("export", research, "revoke", "delete") if "use" in agreed else ("export", "delete")
    verb_rows = tuple((DIALOGUE.button(voice(f"mydata.{verb}"), verb, "menu"),) for verb in verbs)
    rows = ((access.button(turn),), *verb_rows)
    text = voice("mydata.kept", operator=world.operator, contact=world.contact, privacy=world.privacy_url)
    turn.say(Reply(text, title=voice("mydata.title"), buttons=rows))


def _export(step: Step) -> None:
    step.turn.do(ExportData(step.turn.voice("mydata.export_caption")))


def _ask_research(step: Step) -> None:
    voice = step.turn.voice
    row = tuple(
        DIALOGUE.button(voice(f"mydata.{verb}"), verb, "research") for verb in ("research_yes", "research_no")
    )
    step.turn.say(Reply(voice("mydata.research_ask"), buttons=(row,)))


def _agree_to_research(step: Step) -> None:
    turn = step.turn
    turn.do(GiveConsent("research"))
    turn.person.consents |= {"research"}
    turn.say(Reply(turn.voice("mydata.research_on"), replace=turn.on_message))


def _decline_research(step: Step) -> None:
    turn = step.turn
    turn.say(Reply(turn.voice("mydata.research_off"), replace=turn.on_message))


def _end_research(step: Step) -> None:
    turn = step.turn
    turn.do(RevokeConsent("research"))
    turn.person.consents -= {"research"}
    turn.tell("mydata.research_ended")


def revoke(turn: Turn) -> None:
    """The consent ends: nothing more is sent nor asked; the data can go at once."""
    DIALOGUE.open(turn)
    turn.do(RevokeConsent("use"))
    if "research" in turn.person.consents:
        turn.do(RevokeConsent("research"))
    counsellor.leave_all(turn)
    turn.person.consents -= {"use", "research"}
    turn.person.status = "stopped"
    if turn.open_action is not None:
        turn.do(DropPlan(turn.open_action.id))
    delete = DIALOGUE.button(turn.voice("mydata.delete"), "delete", "menu")
    turn.say(Reply(turn.voice("mydata.revoked"), buttons=((delete,),)))


def _revoke(step: Step) -> None:
    revoke(step.turn)


def _confirm(step: Step) -> None:
    voice = step.turn.voice
    yes = DIALOGUE.button(voice("mydata.delete_yes"), "yes", "confirming")
    no = DIALOGUE.button(voice("mydata.delete_no"), "no", "confirming")
    step.turn.say(Reply(voice("mydata.delete_sure"), buttons=((yes,), (no,))))


def _delete(step: Step) -> None:
    turn = step.turn
    turn.say(Reply(turn.voice("mydata.deleted"), replace=turn.on_message))
    turn.do(DeletePerson())


def _kept(step: Step) -> None:
    turn = step.turn
    turn.say(Reply(turn.voice("mydata.not_deleted"), replace=turn.on_message))


DIALOGUE = Dialogue(
    "mydata",
    states={
        "menu": (_menu,),
        "exported": (),
        "research": (_ask_research,),
        "confirming": (_confirm,),
        "set": (),
    },
    rows=(
        Row("export", ("menu", "set"), "exported", (), (_export,)),
        Row("revoke", ("menu", "exported"), "set", (), (_revoke,)),
        Row("research", ("menu", "exported"), "research"),
        Row("research_yes", "research", "set", (), (_agree_to_research,)),
        Row("research_no", "research", "set", (), (_decline_research,)),
        Row("research_stop", ("menu", "exported"), "set", (), (_end_research,)),
        Row("delete", ("menu", "exported", "set"), "confirming"),
        Row("yes", "confirming", "set", (), (_delete,)),
        Row("no", "confirming", "set", (), (_kept,)),
    ),
    initial="set",
)


_VERBS = frozenset(row.trigger for row in DIALOGUE.rows)


def press(turn: Turn, value: str) -> bool:
    """A button of these messages; False when it fits nothing."""
    return value in _VERBS and DIALOGUE.fire(turn, value)

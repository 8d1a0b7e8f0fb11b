"""The tables as SQLAlchemy Core sees them: what the statements are made of."""

from sqlalchemy import Table
from sqlmodel import SQLModel

import storage.tables  # noqa: F401  (declares them)


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]


metadata = SQLModel.metadata
account = _table("account")
action = _table("action")
alert = _table("alert")
application = _table("application")
appointment = _table("appointment")
assignment = _table("assignment")
attention = _table("attention")
audit = _table("audit")
consent = _table("consent")
counsellor = _table("counsellor")
counter = _table("counter")
day = _table("day")
deletion = _table("deletion")
dialogue = _table("dialogue")
employer_refusal = _table("employer_refusal")
event = _table("event")
event_subject = _table("event_subject")
favourite = _table("favourite")
inbox = _table("inbox")
invitation = _table("invitation")
job = _table("job")
later_message = _table("later_message")
learnt = _table("learnt")
link = _table("link")
meta = _table("meta")
outbox = _table("outbox")
person = _table("person")
plan = _table("plan")
proposal = _table("proposal")
quick_reply = _table("quick_reply")
relay = _table("relay")
review = _table("review")
rome_mobility = _table("rome_mobility")
rome_occupation = _table("rome_occupation")
rome_successor = _table("rome_successor")
rome_title = _table("rome_title")
rome_version = _table("rome_version")
sender_pause = _table("sender_pause")
strategy_answer = _table("strategy_answer")
subject = _table("subject")
survey_count = _table("survey_count")
team = _table("team")
team_group = _table("team_group")
team_note = _table("team_note")
team_prompt = _table("team_prompt")
topic = _table("topic")
update_seen = _table("update_seen")
visitor = _table("visitor")
watch = _table("watch")

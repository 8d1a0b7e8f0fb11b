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
answered = _table("answered")
application = _table("application")
appointment = _table("appointment")
attention = _table("attention")
audit = _table("audit")
bulk = _table("bulk")
bulk_off = _table("bulk_off")
bulk_recipient = _table("bulk_recipient")
consent = _table("consent")
counsellor = _table("counsellor")
counter = _table("counter")
day = _table("day")
days_off = _table("days_off")
deletion = _table("deletion")
dialogue = _table("dialogue")
employer_refusal = _table("employer_refusal")
event = _table("event")
event_subject = _table("event_subject")
inbox = _table("inbox")
invitation = _table("invitation")
job = _table("job")
learnt = _table("learnt")
link = _table("link")
list_member = _table("list_member")
meta = _table("meta")
outbox = _table("outbox")
person = _table("person")
plan = _table("plan")
relay = _table("relay")
report_wish = _table("report_wish")
review = _table("review")
rome_mobility = _table("rome_mobility")
rome_occupation = _table("rome_occupation")
rome_successor = _table("rome_successor")
rome_title = _table("rome_title")
rome_version = _table("rome_version")
seat = _table("seat")
sender_pause = _table("sender_pause")
strategy_answer = _table("strategy_answer")
subject = _table("subject")
survey_count = _table("survey_count")
team = _table("team")
team_group = _table("team_group")
topic = _table("topic")
update_seen = _table("update_seen")
visitor = _table("visitor")
watch = _table("watch")
workshop = _table("workshop")

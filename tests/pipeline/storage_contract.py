"""The columns that the contract promises, view by view."""

from __future__ import annotations

MENTION = (
    "event_id incident_id event_type doc_id published published_date status event_date event_date_end date_precision date_basis date_text "
    "location_text location_name location_country latitude longitude locations sentence sentence_start sentence_end trigger trigger_start trigger_end actors "
    "attributed_to blame rule confidence model version run_id"
)
AID = "decision direction aid_kind amount amount_max currency amount_scope items amount_usd usd_rate_date"
MEETING = "format topic"
STRIKE = "weapon target_kind killed_min killed_max injured_min injured_max casualties_scope"
ACTOR = "role text actor_id name kind acts_for country sector office reason text_start text_end"
COUNTS = "incidents mentions"

VIEWS = {
    "events": MENTION,
    "meetings": f"{MENTION} {MEETING}",
    "strikes": f"{MENTION} {STRIKE}",
    "aid_decisions": f"{MENTION} {AID} stage",
    "documents": "doc_id uri source title published published_date published_basis language text duplicate_of event_count",
    "event_actors": f"event_id incident_id event_type status event_date date_basis doc_id {ACTOR}",
    "actors": "actor_id name kind acts_for country sector offices event_count",
    "incidents": f"incident_id event_type status event_date event_date_end date_precision date_basis location_name location_country latitude longitude "
    f"{AID} {MEETING} {STRIKE} mentions documents sources first_published part_of package_id scope confidence disputed told_by_parts",
    "incident_aliases": "old_incident_id incident_id run_id",
    "actor_days": f"actor_id role event_type status day name kind acts_for country date_precision {COUNTS}",
    "country_days": f"country role event_type status day {COUNTS}",
    "party_days": f"acts_for role event_type status day {COUNTS}",
    "dyads": f"acting receiving event_type status month acting_name receiving_name acting_kind acting_country receiving_kind receiving_country {COUNTS}",
    "aid_totals": "donors recipients aid_kind decision status currency month incidents amount amount_usd",
    "strike_days": "targets weapon status day incidents killed_min killed_max injured_min injured_max",
    "timeline": "incident_id published_date statuses decisions mentions sources",
    "coverage": "source published_date documents sentences documents_with_events",
    "undated": f"event_type status date_basis month {COUNTS}",
    "rejects": "run_id uri record stage kind error payload seen_at",
    "runs": "run_id started finished runner read added replaced unchanged skipped failed event_count version model inputs",
}

"""What beat asks for, and every how many seconds."""

from __future__ import annotations

EVERY = {
    "publishing.sweep": 5.0,
    "publishing.sweep_stuck": 30.0,
    "publishing.review_live": 10.0,
    "publishing.remind_of_profiles": 3600.0,
    "approvals.expire": 30.0,
    "approvals.tell_newcomers": 60.0,
    "audit.seal": 5.0,
    "schools.send_notices": 10.0,
    "schools.witness": 600.0,
    "posts.process_pictures": 5.0,
    "posts.spot": 3.0,
    "posts.tidy_files": 3600.0,
    "policy.activate_due": 30.0,
    "policy.remind_of_review": 3600.0,
    "policy.remind_people": 3600.0,
    "posts.chase_deletions": 600.0,
    "consents.run_imports": 5.0,
    "consents.write_to_parents": 5.0,
    "consents.remind_of_holds": 3600.0,
    "consents.tell_of_endings": 3600.0,
    "cases.remind": 600.0,
}

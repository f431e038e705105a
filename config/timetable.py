"""When beat wakes the workers, in seconds; a task only asks the database what is due.

A person waits for a code and an officer for a search, so those are asked often.
"""

TIMETABLE = {
    "fire timers": {"task": "dsr.fire_timers", "schedule": 60},
    "send letters": {"task": "dsr.send_letters", "schedule": 5},
    "search systems": {"task": "dsr.search_systems", "schedule": 5},
    "carry out orders": {"task": "dsr.carry_out_orders", "schedule": 5},
    "compare sending logs": {"task": "dsr.compare_sending_logs", "schedule": 600},
    "build packages": {"task": "exports.build_packages", "schedule": 5},
    "fetch mailboxes": {"task": "dsr.fetch_mailboxes", "schedule": 30},
    "forget visits": {"task": "dsr.forget_visits", "schedule": 3600},
    "delete what is over": {"task": "dsr.delete_expired", "schedule": 86_400},
    "sweep files": {"task": "dsr.sweep_files", "schedule": 86_400},
    "expire packages": {"task": "exports.expire_packages", "schedule": 3600},
}

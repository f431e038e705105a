"""When beat wakes the workers. Each task only asks the database what is due."""

TIMETABLE = {
    "fire timers": {"task": "dsr.fire_timers", "schedule": 60},
    "send letters": {"task": "dsr.send_letters", "schedule": 15},
    "search systems": {"task": "dsr.search_systems", "schedule": 15},
    "build packages": {"task": "exports.build_packages", "schedule": 15},
    "forget visits": {"task": "dsr.forget_visits", "schedule": 3600},
    "expire packages": {"task": "exports.expire_packages", "schedule": 3600},
}

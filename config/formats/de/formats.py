"""Days as German writes them, also where a page spells its format out.

Django looks every format up by its name, and a format that is spelt out is its own
name: what stands here under it is used instead.
"""

SPELT_OUT = {
    "D j M Y": "D, j. M Y",
    "j F Y": "j. F Y",
    "j F Y, H:i": "j. F Y, H:i",
    "j M Y": "j. M Y",
    "j M Y, H:i": "j. M Y, H:i",
    "l j F Y": "l, j. F Y",
    "l j F Y, H:i": "l, j. F Y, H:i",
}
globals().update(SPELT_OUT)

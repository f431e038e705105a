"""The demo: the whole main job on invented people, by the same verbs as real work."""

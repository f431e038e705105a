"""Systems behind an HTTP API that answers in JSON, declared in YAML."""

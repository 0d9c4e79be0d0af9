"""The machine: how a conversation runs. It knows no topic; topics live in `handlers/` and register themselves."""

"""The dialogue: event → answer → reply. A topic is one function, run again from its top at every message."""

"""What Allié talks about: one topic, one file. A topic knows no channel and no SQL; it registers itself."""

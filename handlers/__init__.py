"""What Allié talks about: one package a topic. A topic knows no channel and no SQL; it registers itself."""

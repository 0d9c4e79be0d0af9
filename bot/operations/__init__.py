"""For whoever runs Allié: what it counts, whether it is well, what was set aside, copies of what it keeps."""

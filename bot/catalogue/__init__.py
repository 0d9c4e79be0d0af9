"""Where to help: places, organisations and missions.

Everything here works offline, from the files of `data/` and one database. Places and organisations are read-only and
may be shared by every conversation of a process.
"""

"""One message to the many who asked for news (`allie broadcast`): written, shown, counted, sent, stopped, reported.

`message.py` reads and checks the texts, `audience.py` says to whom it goes, `feeding.py` puts it in the outbox a few at
a time while the server is at work, `acts.py` is what the server does when the command asks it to.
"""

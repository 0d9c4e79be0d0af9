"""Numbers of a message: as they are written and spoken (`written`), what each measures (`figures`), and which sum of
money one is (`sums`).

The calendar reads written numbers, and figures read the calendar: whoever needs one of the three imports that one.
"""

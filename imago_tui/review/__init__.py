"""What a look back shows, as values: what was to be remembered, the days, the months, what comes
back, what is still open.

Pure: from what is kept to lists, with no file, no clock and no screen. Only the room both share is
ever looked at, and what opens with both keys only gives nothing to any of these.
"""

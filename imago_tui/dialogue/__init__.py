"""The dialogue itself: an exercise as data, and one pure step from state to state.

Nothing here reads a file, a clock or a key, and nothing here knows a screen. Events come in, a new
state and the effects to carry out come back; ``scene`` says what both may see of it.
"""

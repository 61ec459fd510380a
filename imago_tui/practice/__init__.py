"""Practice: couples to watch, and two short drills. Nothing of it is kept.

`flow` is the pages as a value that both front ends drive; `couples` finds those to watch; `playing`
says what they do next, beat by beat, through the engine and the scene of the real table.
"""

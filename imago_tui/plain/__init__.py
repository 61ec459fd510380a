"""The front end in lines: for screen readers and pipes, and for dialogues written as scripts.

Knows no screen: nothing here imports Textual.
"""

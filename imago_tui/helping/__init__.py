"""What helps beside the talk: lines to try, words to hand, remedies, and how each likes it.

Values and pure functions that both front ends draw; no rule of the talk stands here. What somebody
likes is theirs, sealed with the journal; what somebody typed is looked at and forgotten.
"""

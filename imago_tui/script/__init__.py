"""A dialogue as a script: read whole before anything happens, then held turn by turn.

For `dialogue --script`, and for the couples of `practice`.
"""

"""Rooms on the screen: each drives a way of `imago_tui.rooms` and does what it asks for."""

"""The tables of the index, and what a row that we never write looks like."""

from __future__ import annotations

FILES = """CREATE TABLE files (
  id TEXT PRIMARY KEY, size INTEGER, mtime_ns INTEGER, inode INTEGER,
  kind TEXT, revision INTEGER, older INTEGER, trouble TEXT, words INTEGER,
  room TEXT, exercise TEXT, topic TEXT, started TEXT, ended TEXT, state TEXT, instant REAL
) WITHOUT ROWID"""
BY_TIME = "CREATE INDEX by_time ON files (instant DESC, id)"
BY_WORDS = "CREATE INDEX by_words ON files (words)"
# Without the texts themselves: those are read from the entry's own file. The terms are cut and
# folded before (tokens.py), so the plainest tokenizer does: it takes blanks for blanks, and all
# that is not ASCII for letters. unicode61 would take what is newer than Unicode 6.1 for blanks.
WORDS = "CREATE VIRTUAL TABLE words USING fts5(terms, content='', tokenize='ascii')"

ODD_ROW = """SELECT 1 FROM files WHERE id NOT GLOB ? OR typeof(size) != 'integer'
  OR typeof(mtime_ns) != 'integer' OR typeof(inode) != 'integer' OR typeof(revision) != 'integer'
  OR kind IS NULL LIMIT 1"""
ID_GLOB = "[0-9a-f]" * 16

"""The encrypted journal: rooms, keys, and what is kept.

Knows nothing of screens or of how a dialogue runs. Start reading at `store.py`; below it:

    store       the journal as the rest of the program sees it
    shared_room what both own equally          own         one person's own room
    open_room   what these two have in common  company     who is here, and the keys they open
    shelf       one room's entries with their index
    room        the files of a room            catalogue   the index beside the files it speaks of
    codec       entries to files and back      index       the database; index_file: as it is sealed
    forms       what may stand in a file       rows        dialogues as rows of the database
    broken      one that trips over itself
    tables      what the database looks like   keepsakes   what people come back for
    tokens      texts cut into what a search finds
    entry       dialogues as plain data        listing     what a list and a search give back
    layout      what stands where              setup       making a journal
    opening     from passphrases to open rings join        the other joins someone alone
    hand        one partner's own keys, open   acts        what one does with them
    change      new passphrases and own keys   resealing   a room's files to a new key
    recovery    recovery keys                  recovery_file   where one is written
    backups     copies                         restore     one brought back
    copies      those of an open journal, also behind
    leaving     with one's own words           ownership   whose words they are
    verify      looking at every file once     key_check   and at the key files
    filters     which of a list are meant
    keyring     what the key files hold        identity_file   their common form
    kdf         from a passphrase to a key     passphrase  where one comes from
    age         age files, by pyrage           strict_json, padding   what stands in them
    atomic      files wholly old or wholly new system      the system calls that write
    lock        one writer at a time           trouble     what can be the matter, in words
    readme      how to read all this without us
"""

"""What leaves the journal, and what comes back: files for people, for programs, for a therapist.

json_form   our JSON, out and in          page       one self-contained printable page
markdown    Markdown                       packet     outcomes and agreements, line by line
book        the Book of us                 files      where they are written, and how
"""

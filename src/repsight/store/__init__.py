"""What Repsight remembers, in any database SQLAlchemy speaks: clips, jobs and reviews.

Pixels never come here: a clip is a name, a size and a folder elsewhere.
"""

"""The same event in two tables: pairs that a person confirms; nothing is merged or summed.

`side` brings each table to arrays, `candidates` finds pairs that are near enough, `scoring` says
how likely each is one event, `pairing` gives every event one pair at most, `remarks` says in words
what agrees, `review` writes and reads the file in which a person decides.
"""

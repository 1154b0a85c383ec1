"""The service: a ledger over HTTP, for one person on a laptop or a team on a server; needs ``frontledger[web]``.

``app`` puts it together, ``desk`` works on the ledger, ``gate`` and ``doors`` keep strangers out, ``routes_…`` are the
addresses.  Belongs here: HTTP.  Does not: any judgement about accounts, events or control, nor any SQL (``ledger``).
Nothing here is imported by the rest of the package until ``frontledger serve`` runs.
"""

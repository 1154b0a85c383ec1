"""Ledgers as the files that other tools read: what stands in them, one module a format.

``rows`` lays a ledger out flat, once; each format writes these rows its own way and tells ``losses`` what it cannot
say; ``formats`` is the list of them.  What does not belong here: any judgement about events or control (``ledger``).
"""

"""What a ledger is written as, for people and for other tools; one folder or module a format.

``rows`` lays a ledger out flat, once; each format writes these rows its own way and tells ``losses`` what it cannot say;
``formats`` is the list of them.  ``report`` is the page, ``coding`` what code books ask for.  What does not belong here: any
judgement about events or control (``ledger``).
"""

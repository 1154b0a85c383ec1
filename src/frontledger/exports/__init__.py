"""What a ledger is written as, for people and for other tools; one folder or module a format."""

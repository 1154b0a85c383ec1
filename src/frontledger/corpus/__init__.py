"""Corpus: the same flow over many accounts, on many processes or machines.

What belongs in this folder: cutting sources into shards, coding a shard, what survives a bad document or a dead
machine, the Parquet that comes of it.  What does not: how one account is read, coded or folded.
"""

"""What the code books of event data ask for and no account says: countries, regions, kinds of actors.

Facts as tables (TOML), and looking them up.  What does not belong here: any one code book's columns.
"""
